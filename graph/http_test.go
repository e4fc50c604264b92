package graph

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"adsgraph/internal/auth"
)

// TestHTTP sends well-formed and malformed requests, as the GraphQL-over-HTTP
// specification has them.
func TestHTTP(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	const (
		good    = `{"query":"{ viewer { name } }"}`
		partial = `{"query":"{ viewer { name } advertiser(id: \"MUE5OQ\") { id } }"}`
		invalid = `{"query":"{ nonsense }"}`
		newer   = "application/graphql-response+json"
		older   = "application/json"
	)
	tests := []struct {
		name, method, contentType, accept, body string
		status                                  int
		answerType, mentions                    string
	}{
		{"Good", "POST", older, "", good, 200, older, `"data":{"viewer":{"name":"Olga Owner"}}`},
		{"GoodNewer", "POST", older, newer, good, 200, newer, `"data"`},
		{"NewerPreferred", "POST", older, older + ";q=0.5, " + newer, good, 200, newer, `"data"`},
		{"OlderPreferred", "POST", older, older + ", " + newer + ";q=0.5", good, 200, older, `"data"`},
		{"AnyAccepted", "POST", older, "*/*", good, 200, older, `"data"`},
		{"CharsetInContentType", "POST", older + "; charset=utf-8", "", good, 200, older, `"data"`},
		{"NothingAcceptable", "POST", older, "text/html", good, 406, older, "Accept"},
		{"ZeroQuality", "POST", older, newer + ";q=0", good, 406, older, "Accept"},
		{"Partial", "POST", older, newer, partial, 200, newer, "NOT_FOUND"},
		{"InvalidOlder", "POST", older, older, invalid, 200, older, "GRAPHQL_VALIDATION_FAILED"},
		{"InvalidNewer", "POST", older, newer, invalid, 400, newer, "GRAPHQL_VALIDATION_FAILED"},
		{"SyntaxNewer", "POST", older, newer, `{"query":"{"}`, 400, newer, "GRAPHQL_PARSE_FAILED"},
		{"MissingVariable", "POST", older, newer, `{"query":"query ($id: ID!) { advertiser(id: $id) { id } }"}`, 400, newer, "GRAPHQL_VALIDATION_FAILED"},
		{"NewerAmongAll", "POST", older, "*/*, " + newer, good, 200, newer, `"data"`},
		{"NewerExcluded", "POST", older, "*/*, " + newer + ";q=0", good, 200, older, `"data"`},
		{"ListOrder", "POST", older, newer + ", " + older, good, 200, newer, `"data"`},
		{"SpecificBeatsAny", "POST", older, "*/*;q=1, " + older + ";q=0", good, 200, newer, `"data"`},
		{"OtherCharset", "POST", older, newer + ";charset=utf-16", good, 406, older, "Accept"},
		{"GetWithoutQuery", "GET", older, "", "", 400, older, "no query"},
		{"BodyInOtherCharset", "POST", older + "; charset=utf-16", "", good, 415, older, "UTF-8"},
		{"NotUTF8", "POST", older, "", "{\"query\":\"{ viewer { name } } # \xff\"}", 400, older, "UTF-8"},
		{"Batch", "POST", older, "", "[" + good + "," + good + "]", 400, older, "Batches"},
		{"NullParts", "POST", older, "", `{"query":"{ viewer { name } }","variables":null,"operationName":null,"extensions":null}`, 200, older, `"data"`},
		{"KeysInCapitals", "POST", older, "", `{"QUERY":"{ viewer { name } }"}`, 400, older, "no query"},
		{"Null", "POST", older, "", `null`, 400, older, "JSON object"},
		{"Defer", "POST", older, newer, `{"query":"{ viewer { ... @defer { name } } }"}`, 400, newer, "@defer is not supported"},
		{"Mixed", "POST", older, "multipart/mixed, */*", good, 200, older, `"data"`},
		{"Put", "PUT", older, "", good, 405, older, "GET, POST"},
		{"Form", "POST", "application/x-www-form-urlencoded", "", "query=x", 415, older, "Content-Type"},
		{"NoContentType", "POST", "", "", good, 415, older, "Content-Type"},
		{"NotJSON", "POST", older, "", "{nonsense", 400, older, "JSON"},
		{"Array", "POST", older, "", "[" + good + "]", 400, older, "Batches"},
		{"Rubbish", "POST", older, "", good + "x", 400, older, "follows"},
		{"NoQuery", "POST", older, "", `{}`, 400, older, "no query"},
		{"QueryOfWrongType", "POST", older, "", `{"query":5}`, 400, older, "query must be a string"},
		{"VariablesOfWrongType", "POST", older, "", `{"query":"{ viewer { name } }","variables":[]}`, 400, older, "JSON"},
		{"LongDocument", "POST", older, "", `{"query":"{ viewer { name } } #` + strings.Repeat("x", maxDocument) + `"}`, 413, older, "bytes"},
		{"Empty", "POST", older, "", "", 400, older, "empty"},
		{"UnknownOperation", "POST", older, newer, `{"query":"query A { viewer { name } }","operationName":"B"}`, 400, newer, "not found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ctx := auth.NewContext(t.Context(), auth.Viewer{UserID: agency})
			r := httptest.NewRequestWithContext(ctx, tt.method, "/graphql", strings.NewReader(tt.body))
			if tt.contentType != "" {
				r.Header.Set("Content-Type", tt.contentType)
			}
			if tt.accept != "" {
				r.Header.Set("Accept", tt.accept)
			}
			rec := httptest.NewRecorder()
			w.handler.ServeHTTP(rec, r)
			if rec.Code != tt.status || !strings.HasPrefix(rec.Header().Get("Content-Type"), tt.answerType) || !strings.Contains(rec.Body.String(), tt.mentions) {
				t.Errorf("got %d %s %s, want %d %s with %q", rec.Code, rec.Header().Get("Content-Type"), rec.Body, tt.status, tt.answerType, tt.mentions)
			}
			if rec.Code == http.StatusBadRequest && strings.Contains(rec.Body.String(), `"data"`) {
				t.Errorf("a request error has data: %s", rec.Body)
			}
			if strings.Contains(rec.Body.String(), "{nonsense") {
				t.Errorf("the body is echoed: %s", rec.Body)
			}
		})
	}
}

// TestGET asks by URLs: queries only.
func TestGET(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	for name, tt := range map[string]struct {
		query           url.Values
		status          int
		allow, mentions string
	}{
		"Query":       {url.Values{"query": {"{ viewer { name } }"}}, 200, "", `"data":{"viewer"`},
		"Variables":   {url.Values{"query": {"query Q($id: ID!) { advertiser(id: $id) { name } }"}, "variables": {`{"id":"` + advertiserID(acme) + `"}`}, "operationName": {"Q"}}, 200, "", "Acme"},
		"Mutation":    {url.Values{"query": {"mutation { __typename }"}}, 405, "POST", "POST only"},
		"Twice":       {url.Values{"query": {"{ viewer { name } }", "{ viewer { email } }"}}, 400, "", "more than once"},
		"NoObject":    {url.Values{"query": {"{ viewer { name } }"}, "variables": {"[]"}}, 400, "", "variables must be a JSON object"},
		"NotUTF8":     {url.Values{"query": {"{ viewer { name } } # \xff"}}, 400, "", "UTF-8"},
		"Subscribing": {url.Values{"query": {`subscription { metricsAdvanced(advertiserId: "` + advertiserID(acme) + `") { missed } }`}}, 406, "", "event-stream"},
	} {
		r := httptest.NewRequestWithContext(auth.NewContext(t.Context(), auth.Viewer{UserID: agency}), http.MethodGet, "/graphql?"+tt.query.Encode(), nil)
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		if rec.Code != tt.status || rec.Header().Get("Allow") != tt.allow || !strings.Contains(rec.Body.String(), tt.mentions) || rec.Header().Get("Vary") != "Accept" {
			t.Errorf("%s: %d %v %s, want %d with %q", name, rec.Code, rec.Header(), rec.Body, tt.status, tt.mentions)
		}
	}
}

func itoa(i int) string { return string(rune('a'+i/26)) + string(rune('a'+i%26)) }
