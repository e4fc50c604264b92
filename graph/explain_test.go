package graph

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"adsgraph/internal/auth"
)

// TestExplain asks what was run, of a server that tells and of one that does not.
func TestExplain(t *testing.T) {
	t.Parallel()
	for _, open := range []bool{true, false} {
		w := smallWorld(t, Options{Introspection: open})
		for _, header := range []string{"", "1"} {
			r := httptest.NewRequestWithContext(auth.NewContext(t.Context(), auth.Viewer{UserID: w.viewer}), http.MethodPost, "/graphql",
				strings.NewReader(`{"query": "{ advertiser(id: \"`+advertiserID(acme)+`\") { campaigns(first: 2) { totalCount edges { node { name } } } } }"}`))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set(explainHeader, header)
			rec := httptest.NewRecorder()
			w.handler.ServeHTTP(rec, r)
			var answer struct {
				Extensions struct{ Explain *explanation }
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			e := answer.Extensions.Explain
			if told := e != nil; told != (open && header != "") {
				t.Fatalf("open %t, header %q: %s", open, header, rec.Body)
			}
			if e == nil {
				continue
			}
			rows := 0
			for _, s := range e.Statements {
				rows += s.Rows
			}
			if len(e.Statements) != 2 || e.Statements[1].Name != "CampaignList" || rows < 3 || e.Ms <= 0 {
				t.Errorf("%+v", e)
			}
		}
	}
}
