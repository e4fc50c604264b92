package importer

import (
	"strings"
	"time"
)

// words are what a field of an object may say, and what we call it.
type words struct {
	known     map[string]string
	otherwise string // for what is not known
}

// of returns what we call a cell.
func (w words) of(cell string) string {
	if name, ok := w.known[strings.ToUpper(cell)]; ok {
		return name
	}
	return w.otherwise
}

// vocabulary returns the words of a field, none for one of free values.
func vocabulary(f field) words {
	same := func(words ...string) map[string]string {
		m := map[string]string{}
		for _, w := range words {
			m[w] = w
		}
		return m
	}
	switch f {
	case fStatus:
		m := same("ACTIVE", "PAUSED", "ARCHIVED", "DRAFT", "DELETED_DRAFT")
		m["ENABLED"], m["REMOVED"], m["DELETED"], m["COMPLETED"], m["RUNNING"], m["DISABLED"] = "ACTIVE", "ARCHIVED", "ARCHIVED", "ACTIVE", "ACTIVE", "DISABLED"
		return words{m, "PAUSED"}
	case fObjective:
		m := same("AWARENESS", "CONSIDERATION", "WEB_CONVERSION", "CATALOG_SALES", "VIDEO_COMPLETION")
		m["VIDEO_VIEW"], m["SALES"] = "VIDEO_COMPLETION", "CATALOG_SALES"
		return words{m, "CONSIDERATION"}
	case fBudgetType:
		return words{same("DAILY", "LIFETIME", "CBO_ADGROUP"), "DAILY"}
	case fBidStrategy:
		return words{same("AUTOMATIC_BID", "MAX_BID", "TARGET_AVG"), "AUTOMATIC_BID"}
	case fBillableEvent:
		return words{same("CLICKTHROUGH", "IMPRESSION", "VIDEO_V_50_MRC"), "CLICKTHROUGH"}
	case fPacing:
		return words{same("STANDARD", "ACCELERATED"), "STANDARD"}
	case fPlacement:
		return words{same("ALL", "SEARCH", "BROWSE", "OTHER"), "ALL"}
	case fCreativeType:
		m := same("REGULAR", "VIDEO", "SHOPPING", "CAROUSEL", "MAX_VIDEO", "COLLECTION", "IDEA", "SHOWCASE", "QUIZ", "COLLAGE")
		m["NATIVE_VIDEO"], m["APP_VIDEO"], m["CINEMATIC"] = "VIDEO", "VIDEO", "VIDEO"
		m["SHOP_THE_PIN"], m["COMMERCE"], m["SEARCH_PROMINENCE_CAROUSEL"] = "COLLECTION", "SHOPPING", "CAROUSEL"
		return words{m, "REGULAR"}
	case fReview:
		return words{same("APPROVED", "PENDING", "REJECTED", "OTHER"), "OTHER"}
	default:
		return words{}
	}
}

// values reads what a record says of an object, in the form that it is stored in:
// amounts in micros, times in RFC 3339.
func (l *layout) values(record []string) (map[field]string, Reject) {
	values := map[field]string{}
	for _, c := range l.columns {
		cell := trim(record[c.index])
		if absent(cell) {
			continue
		}
		var err error
		switch f := c.field; f {
		case fDailyBudget, fLifetimeBudget, fBudget, fBid:
			var n int64
			if n, _, err = l.numbers.scaled(cell, l.money); err == nil && n > 0 {
				cell = number(n)
			} else {
				cell = ""
			}
		case fStart, fEnd, fCreated:
			var at int64
			if at, err = instant(cell); err == nil {
				cell = timeOf(at).Format(time.RFC3339Nano)
			}
		case fIsCBO, fIsFlexible, fAutoTargeting:
			var yes bool
			if yes, err = boolean(cell); yes {
				cell = "true"
			} else {
				cell = "false"
			}
		case fStatus, fObjective, fBudgetType, fBidStrategy, fBillableEvent, fPacing, fPlacement, fCreativeType, fReview:
			cell = l.words[f].of(cell)
		case fCountry:
			if cell = strings.ToUpper(cell); len(cell) != 2 || strings.Trim(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				err = errUnknownWay
			}
		case fTimeZone:
			if _, wrong := time.LoadLocation(cell); wrong != nil || cell == "Local" {
				err = errTimeZone
			}
		case fDestination:
			cell, err = text(cell, 2048)
		case fAdvertiserName, fCampaignName, fAdGroupName, fAdName:
			cell, err = text(cell, 255)
		default:
			continue
		}
		if err != nil {
			return nil, refused(c.field, record[c.index], err)
		}
		if cell != "" {
			values[c.field] = strings.Clone(cell)
		}
	}
	if start, end := values[fStart], values[fEnd]; start != "" && end != "" && end <= start {
		delete(values, fEnd) // an end that is none
	}
	return values, Reject{}
}
