package live

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"adsgraph/internal/fault"
	"adsgraph/internal/store"
)

func subscribe(t *testing.T, h *Hub, topic Topic, user int64) *Subscription {
	t.Helper()
	s, err := h.Subscribe(topic, user)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// take returns what waits for a subscriber.
func take(t *testing.T, s *Subscription) string {
	t.Helper()
	text := ""
	for {
		s.mu.Lock()
		n := len(s.waiting)
		s.mu.Unlock()
		if n == 0 {
			return text
		}
		switch e := s.Next(t.Context()); {
		case e.Missed:
			text += "missed "
		case e.Numbers:
			text += "numbers "
		default:
			text += fmt.Sprint(e.Campaign, " ")
		}
	}
}

func TestEventsReachTheirSubscribers(t *testing.T) {
	t.Parallel()
	h := NewHub(time.Now)
	mine, other := subscribe(t, h, Topic{Advertiser: 1}, 1), subscribe(t, h, Topic{Advertiser: 2}, 1)
	numbers := subscribe(t, h, Topic{Advertiser: 1, Numbers: true}, 1)
	h.Notice(store.Notice{Advertiser: 1, Campaigns: []int64{5, 6}})
	h.Notice(store.Notice{Advertiser: 1, Campaigns: []int64{7, 5}})
	h.Notice(store.Notice{Advertiser: 1, Metrics: true})
	h.Notice(store.Notice{Advertiser: 1, Metrics: true})
	if got := take(t, mine); got != "5 6 7 " {
		t.Error(got)
	}
	if got := take(t, other); got != "" {
		t.Error(got)
	}
	if got := take(t, numbers); got != "numbers " {
		t.Error(got)
	}
	h.Notice(store.Notice{Advertiser: 1, Campaigns: []int64{5}})
	h.Missed()
	h.Notice(store.Notice{Advertiser: 1, Campaigns: []int64{6}})
	if got := take(t, mine); got != "missed " { // and whoever reads then sees 6
		t.Error(got)
	}
	h.Notice(store.Notice{Advertiser: 1, Campaigns: []int64{6}})
	if got := take(t, mine); got != "6 " {
		t.Error(got)
	}
}

// TestSlowReadersMissEvents has one subscriber read nothing.
func TestSlowReadersMissEvents(t *testing.T) {
	t.Parallel()
	h := NewHub(time.Now)
	slow, quick := subscribe(t, h, Topic{Advertiser: 1}, 1), subscribe(t, h, Topic{Advertiser: 1}, 2)
	for i := range int64(10 * Buffer) {
		h.Notice(store.Notice{Advertiser: 1, Campaigns: []int64{i + 1}})
		if got, want := take(t, quick), fmt.Sprint(i+1, " "); got != want {
			t.Fatal(got, want)
		}
	}
	if got := take(t, slow); got != "missed " {
		t.Error(got)
	}
	if sent, lost := h.Events(); sent != 10*Buffer+1 || lost != 10*Buffer {
		t.Errorf("%d events were sent and %d lost", sent, lost)
	}
	h.Notice(store.Notice{Advertiser: 1, Campaigns: []int64{1}})
	if got := take(t, slow); got != "1 " {
		t.Error(got)
	}
}

func TestSubscribersAreBounded(t *testing.T) {
	t.Parallel()
	h := NewHub(time.Now)
	var all []*Subscription
	for i := range MaxPerUser {
		all = append(all, subscribe(t, h, Topic{Advertiser: int64(i%3 + 1)}, 1))
	}
	if _, err := h.Subscribe(Topic{Advertiser: 1}, 1); fault.CodeOf(err) != fault.TooMany {
		t.Error(err)
	}
	subscribe(t, h, Topic{Advertiser: 1}, 2).Close()
	for _, s := range all {
		s.Close()
		s.Close()
	}
	if h.Count() != 0 || len(h.subscribers) != 0 || len(h.perUser) != 0 || len(h.Users(Topic{Advertiser: 1})) != 0 {
		t.Error("something is left", h.subscribers, h.perUser)
	}
}

// TestMemosAreWorkedOutOnce asks for one value often; whoever began goes away.
func TestMemosAreWorkedOutOnce(t *testing.T) {
	t.Parallel()
	var m Memo
	begun, goOn := make(chan struct{}), make(chan struct{})
	work := func(ctx context.Context) (any, error) {
		close(begun) // twice would panic
		select {
		case <-goOn:
			return 7, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	first, leave := context.WithCancelCause(t.Context())
	gone := errors.New("gone")
	left := make(chan error)
	go func() {
		_, err := m.Do(first, "k", time.Minute, work)
		left <- err
	}()
	<-begun
	leave(gone)
	if err := <-left; !errors.Is(err, gone) {
		t.Error(err)
	}
	close(goOn)
	for range 3 {
		if v, err := m.Do(t.Context(), "k", time.Minute, work); v != 7 || err != nil {
			t.Error(v, err)
		}
	}
	if _, err := m.Do(t.Context(), "other", time.Minute, func(context.Context) (any, error) { panic("no") }); fault.CodeOf(err) != fault.Internal {
		t.Error(err)
	}
	if v, err := m.Do(t.Context(), "other", time.Minute, func(context.Context) (any, error) { return "again", nil }); v != "again" || err != nil {
		t.Error(v, err)
	}
}
