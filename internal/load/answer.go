package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// answer is the text of a GraphQL response.
type answer []byte

// response is what matters here of a GraphQL response.
type response struct {
	Data   json.RawMessage
	Errors []struct {
		Message string
		Path    []any
	}
	Extensions struct {
		Cost struct{ Statements *int }
	}
}

// inspect reads an answer in full. It fails unless there are data and no errors.
// It returns how many statements the server says there were, nil if it does not.
func inspect(a answer) (statements *int, err error) {
	var r response
	if err := json.Unmarshal(a, &r); err != nil {
		return nil, fmt.Errorf("the answer is no JSON of a GraphQL response (%w): %s", err, excerpt(a))
	}
	if len(r.Errors) > 0 {
		return nil, fmt.Errorf("the answer has errors (%d), first: %s", len(r.Errors), r.Errors[0].Message)
	}
	if len(r.Data) == 0 || string(r.Data) == "null" {
		return nil, fmt.Errorf("the answer has no data: %s", excerpt(a))
	}
	return r.Extensions.Cost.Statements, nil
}

// glance tells cheaply whether an answer looks as one must; it is read in full
// only if there may be errors. What a load test does with an answer is time
// that it takes from a server on the same machine.
func (a answer) glance() error {
	text := bytes.TrimSpace(a)
	switch {
	case !bytes.HasPrefix(text, []byte("{")) || !bytes.HasSuffix(text, []byte("}")):
		return fmt.Errorf("the answer is no JSON object: %s", excerpt(a))
	case bytes.Contains(text, []byte(`"errors"`)):
		_, err := inspect(a)
		return err
	case !bytes.Contains(text, []byte(`"data"`)):
		return errors.New("the answer has no data: " + excerpt(a))
	}
	return nil
}

// excerpt returns the beginning of a text, in one line.
func excerpt(text []byte) string {
	const most = 300
	line := strings.Join(strings.Fields(strings.ToValidUTF8(string(text[:min(len(text), most)]), "")), " ")
	if len(text) > most {
		line += " …"
	}
	if line == "" {
		return "(empty)"
	}
	return line
}
