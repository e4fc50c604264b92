package ads

import (
	"encoding/json"
	"fmt"
	"io"
)

// JSON is a JSON document as the database stored it.
type JSON []byte

// Scan reads a jsonb column; NULL is the empty document.
func (j *JSON) Scan(v any) error {
	if v == nil {
		*j = nil
		return nil
	}
	b, ok := v.([]byte)
	if !ok {
		return fmt.Errorf("scan JSON from %T", v)
	}
	*j = append(JSON(nil), b...) // the driver reuses its buffer
	return nil
}

// AppendGQL appends the document as it is.
func (j JSON) AppendGQL(b []byte) []byte {
	if len(j) == 0 {
		return append(b, "null"...)
	}
	return append(b, j...)
}

// MarshalGQL writes the document as it is.
func (j JSON) MarshalGQL(w io.Writer) { _, _ = w.Write(j.AppendGQL(nil)) }

// UnmarshalGQL reads any value as the document that it is.
func (j *JSON) UnmarshalGQL(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	*j = text
	return nil
}
