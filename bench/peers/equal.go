package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"

	"github.com/google/go-cmp/cmp"

	"adsgraph/bench/hand"
)

// checkEqual fails unless all contenders give the same answers to all questions
// of a screen, cursors aside: everybody has his own.
func checkEqual(ctx context.Context, s screen, questions []hand.Question, contenders []*contender) error {
	for n, q := range questions {
		var first any
		for i, c := range contenders {
			got, err := c.answer(ctx, s, q, n)
			if err != nil {
				return fmt.Errorf("%s of %s, %+v: %w", s.title, c.name, q, err)
			}
			if i == 0 {
				first = got
			} else if diff := cmp.Diff(first, got); diff != "" {
				return fmt.Errorf("%s: %s answers otherwise (+) than %s (-) to %+v:\n%s", s.title, c.name, contenders[0].name, q, diff)
			}
		}
	}
	return nil
}

// answer asks for a screen once and returns the data in the common shape.
func (c *contender) answer(ctx context.Context, s screen, q hand.Question, n int) (any, error) {
	request, err := c.request(s, q, n)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url(s), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	maps.Copy(r.Header, c.header)
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }() // it was read
	var answer struct {
		Data   any
		Errors json.RawMessage
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("the answer is no JSON: %w", err)
	}
	if res.StatusCode != http.StatusOK || answer.Data == nil || len(answer.Errors) > 0 {
		return nil, fmt.Errorf("the status is %s, the errors are %s", res.Status, answer.Errors)
	}
	data := answer.Data
	if c.shape != nil {
		if data, err = c.shape(s, q, data); err != nil {
			return nil, err
		}
	}
	hand.WithoutCursors(data)
	return data, nil
}
