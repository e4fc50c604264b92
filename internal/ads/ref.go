// Package ads is the domain: advertisers and what they run, and the rules that
// hold among them. It does no I/O and knows neither GraphQL nor SQL.
package ads

import (
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"adsgraph/internal/fault"
)

// Level is a rung of the hierarchy, or a kind of object beside it: whatever an
// id can name.
type Level string

// The levels, from the account down.
const (
	LevelAdvertiser Level = "ADVERTISER"
	LevelCampaign   Level = "CAMPAIGN"
	LevelAdGroup    Level = "AD_GROUP"
	LevelAd         Level = "AD"
	LevelPin        Level = "PIN"
)

// The kinds of objects beside the hierarchy. They are no rungs: nothing of
// theirs rolls up, and the contract's enum Level does not have them.
const (
	LevelAudience      Level = "AUDIENCE"
	LevelKeyword       Level = "KEYWORD"
	LevelLabel         Level = "LABEL"
	LevelConversionTag Level = "CONVERSION_TAG"

	LevelInvoice        Level = "INVOICE"
	LevelOrderLine      Level = "ORDER_LINE"
	LevelSavedView      Level = "SAVED_VIEW"
	LevelReportTemplate Level = "REPORT_TEMPLATE"
	LevelExport         Level = "EXPORT"
	LevelNotification   Level = "NOTIFICATION"
	LevelRecommendation Level = "RECOMMENDATION"

	LevelMember       Level = "MEMBER"
	LevelInvitation   Level = "INVITATION"
	LevelAccessChange Level = "ACCESS_CHANGE"
	LevelChange       Level = "CHANGE"
)

// Ref names one entity of one advertiser. Clients see it as an opaque string;
// it carries the advertiser so that a lookup is always within one tenant.
type Ref struct {
	Level      Level
	Advertiser int64
	// ID is the entity's own id. For an advertiser it equals Advertiser.
	ID int64
}

var refEncoding = base64.RawURLEncoding //nolint:gochecknoglobals // a constant

// letters are the level's mark inside an id.
func (l Level) letter() byte {
	switch l {
	case LevelAdvertiser:
		return 'A'
	case LevelCampaign:
		return 'C'
	case LevelAdGroup:
		return 'G'
	case LevelAd:
		return 'D'
	case LevelPin:
		return 'P'
	case LevelAudience:
		return 'U'
	case LevelKeyword:
		return 'K'
	case LevelLabel:
		return 'L'
	case LevelConversionTag:
		return 'T'
	case LevelInvoice:
		return 'I'
	case LevelOrderLine:
		return 'O'
	case LevelSavedView:
		return 'V'
	case LevelReportTemplate:
		return 'R'
	case LevelExport:
		return 'E'
	case LevelNotification:
		return 'N'
	case LevelRecommendation:
		return 'M'
	case LevelMember:
		return 'B'
	case LevelInvitation:
		return 'J'
	case LevelAccessChange:
		return 'H'
	case LevelChange:
		return 'Q'
	}
	return '?'
}

func levelOf(letter byte) (Level, bool) {
	for _, l := range []Level{
		LevelAdvertiser, LevelCampaign, LevelAdGroup, LevelAd, LevelPin,
		LevelAudience, LevelKeyword, LevelLabel, LevelConversionTag,
		LevelInvoice, LevelOrderLine, LevelSavedView, LevelReportTemplate, LevelExport, LevelNotification, LevelRecommendation,
		LevelMember, LevelInvitation, LevelAccessChange, LevelChange,
	} {
		if l.letter() == letter {
			return l, true
		}
	}
	return "", false
}

// AppendText appends the opaque form of the reference.
func (r Ref) AppendText(b []byte) []byte {
	var plain [48]byte
	p := append(plain[:0], '1', r.Level.letter())
	p = strconv.AppendInt(p, r.Advertiser, 10)
	if r.Level != LevelAdvertiser {
		p = append(p, '.')
		p = strconv.AppendInt(p, r.ID, 10)
	}
	return refEncoding.AppendEncode(b, p)
}

// String returns the opaque form of the reference.
func (r Ref) String() string { return string(r.AppendText(nil)) }

// AppendGQL appends the reference as a GraphQL ID.
func (r Ref) AppendGQL(b []byte) []byte {
	return append(r.AppendText(append(b, '"')), '"')
}

// MarshalGQL writes the reference as a GraphQL ID.
func (r Ref) MarshalGQL(w io.Writer) {
	_, _ = w.Write(r.AppendGQL(make([]byte, 0, 64)))
}

// UnmarshalGQL reads a GraphQL ID.
func (r *Ref) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fault.New(fault.Invalid, "An id is a string, as this API returned it.")
	}
	parsed, err := ParseRef(s)
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// ParseRef reads the opaque form. A string that this API did not make is
// INVALID; an id that is well formed and names nothing is for the caller to
// find out.
func ParseRef(s string) (Ref, error) {
	bad := fault.New(fault.Invalid, "%q is not an id of this API.", clip(s))
	if len(s) > 96 {
		return Ref{}, bad
	}
	plain, err := refEncoding.DecodeString(s)
	if err != nil || len(plain) < 3 || plain[0] != '1' {
		return Ref{}, bad
	}
	level, ok := levelOf(plain[1])
	if !ok {
		return Ref{}, bad
	}
	first, second, two := strings.Cut(string(plain[2:]), ".")
	r := Ref{Level: level}
	if r.Advertiser, err = strconv.ParseInt(first, 10, 64); err != nil || r.Advertiser < 1 {
		return Ref{}, bad
	}
	r.ID = r.Advertiser
	if two != (level != LevelAdvertiser) {
		return Ref{}, bad
	}
	if two {
		if r.ID, err = strconv.ParseInt(second, 10, 64); err != nil || r.ID < 1 {
			return Ref{}, bad
		}
	}
	if r.String() != s { // one entity has one id: caches and comparisons depend on it
		return Ref{}, bad
	}
	return r, nil
}

// clip shortens what a client sent to what an error message may repeat.
func clip(s string) string {
	if len(s) > 40 {
		return fmt.Sprintf("%s…", strings.ToValidUTF8(s[:40], ""))
	}
	return s
}
