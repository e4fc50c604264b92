package demo

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
)

func TestAudiencesAgreeWithTargeting(t *testing.T) {
	t.Parallel()
	seen, linked := map[int64]bool{}, 0
	for _, a := range smallWorld(t).accounts {
		own, statuses := map[int64]*Audience{}, map[string]int{}
		for i := range a.Audiences {
			u := &a.Audiences[i]
			if seen[u.ID] || u.RetentionDays < 1 || u.RetentionDays > 540 || !json.Valid(u.Rule) {
				t.Errorf("unfit audience: %+v", u)
			}
			if (u.Status == "INITIALIZING") != (u.Size == nil) || u.Size != nil && (u.Status == "TOO_SMALL") != (*u.Size < 100) {
				t.Errorf("audience %d is %s", u.ID, u.Status)
			}
			checkName(t, u.Name, 255)
			checkTimes(t, a, nil, nil, u.CreatedAt, u.UpdatedAt)
			seen[u.ID], own[u.ID] = true, u
			statuses[u.Status]++
		}
		if len(a.AdGroups) > 0 && (statuses["READY"] == 0 || statuses["INITIALIZING"] == 0 || statuses["TOO_SMALL"] == 0) {
			t.Errorf("advertiser %d has audiences %v", a.Advertiser.ID, statuses)
		}
		links := map[string]bool{}
		for _, k := range a.AdGroupAudiences {
			if u := own[k.AudienceID]; u == nil || u.Status != "READY" {
				t.Errorf("ad group %d uses the audience %+v", k.AdGroupID, u)
			}
			links[fmt.Sprint(k.AdGroupID, k.AudienceID, k.IsIncluded)] = true
		}
		targeted := 0
		for _, g := range a.AdGroups {
			var spec map[string][]string
			if err := json.Unmarshal(g.Targeting, &spec); err != nil {
				t.Fatal(err)
			}
			for key, included := range map[string]bool{"AUDIENCE_INCLUDE": true, "AUDIENCE_EXCLUDE": false} {
				for _, text := range spec[key] {
					ref, err := ads.ParseRef(text)
					if err != nil || ref.Level != ads.LevelAudience || !links[fmt.Sprint(g.ID, ref.ID, included)] {
						t.Errorf("ad group %d: %s names %q, which is not linked", g.ID, key, text)
					}
					targeted++
				}
			}
		}
		if targeted != len(links) || len(links) != len(a.AdGroupAudiences) {
			t.Errorf("advertiser %d: %d audiences in targeting, %d links", a.Advertiser.ID, targeted, len(links))
		}
		linked += targeted
	}
	if linked < 50 {
		t.Errorf("only %d links", linked)
	}
}

func TestKeywordsAreThoseOfTheBreakdown(t *testing.T) {
	t.Parallel()
	seen, matches, delivered := map[int64]bool{}, map[string]int{}, 0
	w := smallWorld(t)
	for i, a := range w.accounts {
		groups, once := map[int64]int64{}, map[string]bool{}
		for _, g := range a.AdGroups {
			groups[g.ID] = g.CampaignID
		}
		counted := map[string]bool{}
		for _, b := range w.facts[i].Breakdowns {
			if b.Dimension == "KEYWORD" {
				counted[strings.ToLower(b.Value)] = true
			}
		}
		for _, k := range a.Keywords {
			negative := strings.HasSuffix(k.MatchType, "_NEGATIVE")
			if seen[k.ID] || k.ID < 1 || k.Value == "" || len(k.Value) > 120 || k.AdGroupID == nil && !negative || k.AdGroupID != nil && groups[*k.AdGroupID] != k.CampaignID {
				t.Errorf("unfit keyword: %+v", k)
			}
			seen[k.ID] = true
			key := fmt.Sprint(k.CampaignID, value(k.AdGroupID), strings.ToLower(k.Value), k.MatchType)
			if once[key] && !k.IsArchived {
				t.Errorf("keyword twice: %+v", k)
			}
			once[key] = true
			checkTimes(t, a, nil, nil, k.CreatedAt, k.UpdatedAt)
			matches[k.MatchType]++
			if !negative && !slices.Contains(a.vertical.keywords, strings.ToLower(k.Value)) {
				t.Errorf("advertiser %d: %q is no word of its vertical", a.Advertiser.ID, k.Value)
			}
			if !negative && counted[strings.ToLower(k.Value)] {
				delivered++
			}
		}
	}
	if len(matches) != 5 || delivered < 100 {
		t.Errorf("%d keywords deliver; match types %v", delivered, matches)
	}
}

func TestLabelsOfCampaigns(t *testing.T) {
	t.Parallel()
	labelled := 0
	for _, a := range smallWorld(t).accounts {
		kinds := map[int64]string{}
		for _, l := range a.Labels {
			kinds[l.ID] = l.Type
		}
		of := map[int64]map[string]int{}
		for _, k := range a.CampaignLabels {
			if of[k.CampaignID] == nil {
				of[k.CampaignID] = map[string]int{}
			}
			of[k.CampaignID][kinds[k.LabelID]]++
		}
		for id, n := range of {
			if n["BRAND"] > 1 || n["CUSTOM"] > 30 || n[""] > 0 {
				t.Errorf("campaign %d has labels %v", id, n)
			}
			labelled++
		}
	}
	if labelled < 50 {
		t.Errorf("only %d campaigns have labels", labelled)
	}
}

func TestTagsAreThoseThatGoalsName(t *testing.T) {
	t.Parallel()
	silent, never, firing := 0, 0, 0
	for _, a := range smallWorld(t).accounts {
		if len(a.Tags) > 3 {
			t.Errorf("advertiser %d has %d tags", a.Advertiser.ID, len(a.Tags))
		}
		tags, last, days := map[string]bool{}, map[int64]string{}, map[int64]map[string]bool{}
		for _, o := range a.Tags {
			tags[fmt.Sprint(o.ID)] = true
			days[o.ID] = map[string]bool{}
		}
		for _, g := range a.AdGroups {
			var goal struct{ ConversionTagID string }
			if g.Goal == nil {
				continue
			}
			if err := json.Unmarshal(g.Goal, &goal); err != nil || !tags[goal.ConversionTagID] {
				t.Errorf("ad group %d: its goal names the tag %q (%v)", g.ID, goal.ConversionTagID, err)
			}
		}
		for _, e := range a.TagDays {
			if e.Events < 1 || e.MatchedEvents < 0 || e.MatchedEvents > e.Events {
				t.Errorf("unfit events: %+v", e)
			}
			last[e.TagID] = max(last[e.TagID], e.Day)
			days[e.TagID][e.Day] = true
		}
		for _, o := range a.Tags {
			switch {
			case o.LastFiredAt == nil:
				never++
				if last[o.ID] != "" || o.Quality != nil {
					t.Errorf("tag %d has never fired and has events or a quality", o.ID)
				}
			case o.LastFiredAt.After(asOf) || o.LastFiredAt.Before(o.CreatedAt):
				t.Errorf("tag %d fired at %s", o.ID, o.LastFiredAt)
			case asOf.Sub(*o.LastFiredAt) > 14*24*time.Hour:
				silent++
			default:
				firing++
				if fired := o.LastFiredAt.In(a.calendar.zone).Format(time.DateOnly); fired != last[o.ID] || len(days[o.ID]) < 14 {
					t.Errorf("tag %d fired on %s; its events end on %s and are of %d days", o.ID, fired, last[o.ID], len(days[o.ID]))
				}
			}
		}
	}
	if silent == 0 || firing < 10 {
		t.Errorf("%d tags are silent, %d never fired, %d fire", silent, never, firing)
	}
}
