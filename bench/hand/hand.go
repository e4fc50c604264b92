// Package hand answers screens the way a careful engineer would without this
// project: by one hand-written SQL statement that makes the JSON, behind
// net/http. Benchmarks compare with it; nothing else imports it.
package hand

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
)

//go:embed documents
var documents embed.FS

// The screens that the statements answer. A screen's document, which asks
// Adsgraph for the same, is the core of a screen of graph/operations.
const (
	Overview       Screen = "AdvertiserOverview"
	CampaignsTable Screen = "CampaignsTable"
	CampaignDetail Screen = "CampaignDetail"
	Nested         Screen = "Nested"
)

// Screen names one of the screens.
type Screen string

// Screens returns all of them.
func Screens() []Screen { return []Screen{Overview, CampaignsTable, CampaignDetail, Nested} }

// Pages are of a size that the screens share.
const (
	pageCampaigns = 50
	pageAdGroups  = 10 // of a campaign's detail
	pageAds       = 3
)

// Question is what a screen is asked for. Days are written as 2006-01-02 and
// part of their range.
type Question struct {
	Advertiser int64 `json:"advertiser"`
	// Campaign is that of CampaignDetail.
	Campaign     int64   `json:"campaign,omitempty"`
	From         ads.Day `json:"from,omitempty"`
	To           ads.Day `json:"to,omitempty"`
	PreviousFrom ads.Day `json:"previousFrom,omitempty"`
	PreviousTo   ads.Day `json:"previousTo,omitempty"`
}

// Ending returns the question for the days of a range and as many before it.
func (q Question) Ending(last ads.Day, days int) Question {
	q.From, q.To = last.Add(1-days), last
	q.PreviousFrom, q.PreviousTo = q.From.Add(-days), q.From.Add(-1)
	return q
}

// Document returns the GraphQL text that asks for a screen.
func (s Screen) Document() (string, error) {
	text, err := documents.ReadFile("documents/" + string(s) + ".graphql")
	return string(text), err
}

// Variables returns what the document is sent with.
func (s Screen) Variables(q Question) map[string]any {
	report := map[string]any{"dates": map[string]any{"from": q.From, "to": q.To}, "compareTo": "PREVIOUS_PERIOD"}
	account := ads.Ref{Level: ads.LevelAdvertiser, Advertiser: q.Advertiser, ID: q.Advertiser}.String()
	switch s {
	case CampaignsTable:
		return map[string]any{"id": account, "first": pageCampaigns, "report": report, "orderBy": map[string]any{"metric": "SPEND", "direction": "DESC"}}
	case CampaignDetail:
		campaign := ads.Ref{Level: ads.LevelCampaign, Advertiser: q.Advertiser, ID: q.Campaign}.String()
		return map[string]any{"id": campaign, "report": report, "adGroups": pageAdGroups, "ads": pageAds}
	case Nested:
		return map[string]any{"id": account}
	default:
		return map[string]any{"id": account, "report": report}
	}
}

// statement returns the SQL of a screen with its arguments for a question.
func (s Screen) statement() (text string, args func(q Question, user int64, now time.Time) []any) {
	switch s {
	case CampaignsTable:
		return campaignsTable, func(q Question, user int64, now time.Time) []any {
			return []any{q.Advertiser, user, string(q.From), string(q.To), string(q.PreviousFrom), string(q.PreviousTo), pageCampaigns, now}
		}
	case CampaignDetail:
		return campaignDetail(), func(q Question, user int64, now time.Time) []any {
			return []any{q.Advertiser, user, q.Campaign, string(q.From), string(q.To), string(q.PreviousFrom), string(q.PreviousTo), now, pageAdGroups, pageAds}
		}
	case Nested:
		return nested, func(q Question, user int64, _ time.Time) []any { return []any{q.Advertiser, user} }
	default:
		return advertiserOverview(), func(q Question, user int64, _ time.Time) []any {
			return []any{q.Advertiser, user, string(q.From), string(q.To), string(q.PreviousFrom), string(q.PreviousTo)}
		}
	}
}

// Handler answers a screen for a user, by one prepared statement. The body of a
// request is a Question. The database needs Functions.
func (s Screen) Handler(db *sqlx.DB, user int64, now func() time.Time) (http.Handler, error) {
	text, args := s.statement()
	stmt, err := db.Preparex(text)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", s, err)
	}
	return answering(func(r *http.Request, q Question) (body []byte, err error) {
		err = stmt.QueryRowContext(r.Context(), args(q, user, now())...).Scan(&body)
		return body, err
	}), nil
}

// answering reads the question of a request and writes the answer.
func answering(answer func(r *http.Request, q Question) ([]byte, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q Question
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body, err := answer(r, q)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body) // the client is gone if this fails
	})
}

// WithoutCursors empties the cursors in an answer that was read from JSON: everybody
// has his own.
func WithoutCursors(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range []string{"cursor", "startCursor", "endCursor"} {
			if _, ok := v[name].(string); ok {
				v[name] = ""
			}
		}
		for _, below := range v {
			WithoutCursors(below)
		}
	case []any:
		for _, below := range v {
			WithoutCursors(below)
		}
	}
}
