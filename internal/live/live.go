// Package live passes on what changed to those who follow it. A process has one
// Hub, fed by one connection to the database; subscribers have bounded buffers
// of their own, so that one who reads slowly holds up nobody.
package live

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// The bounds of a hub.
const (
	// Buffer is how many events wait for a subscriber. One more, and all are
	// replaced by a single one that says that events were missed.
	Buffer = 64
	// MaxSubscribers is how many subscribers a process has at most, MaxPerUser how
	// many of them may be one person's.
	MaxSubscribers = 20_000
	MaxPerUser     = 200
)

// Topic is what of an advertiser somebody follows.
type Topic struct {
	Advertiser int64
	// Numbers is true for its numbers, false for its campaigns.
	Numbers bool
}

// Event is one thing that happened. Subscribers of a process get the same, by
// the pointer, so that it can hold what they share.
type Event struct {
	Topic
	// Campaign is what changed; 0 for numbers, and when events were missed.
	Campaign int64
	// Missed tells that events were lost: whoever gets it should read everything
	// anew.
	Missed bool
	// At is when the process heard of it, by the hub's clock.
	At time.Time
	// Memo keeps what subscribers work out from the event together.
	Memo Memo
}

// Hub passes events to subscribers. It is safe for concurrent use.
type Hub struct {
	now func() time.Time

	mu          sync.Mutex
	subscribers map[Topic]map[*Subscription]struct{}
	perUser     map[int64]int
	count       int
	streams     int // connections that pass events on
	idle        chan struct{}
	closing     chan struct{}
	closed      bool
	ready       chan struct{}
	isReady     bool

	sent, lost atomic.Uint64 // events; see Events
}

// NewHub makes a hub that nothing feeds yet.
func NewHub(now func() time.Time) *Hub {
	return &Hub{
		now: now, subscribers: map[Topic]map[*Subscription]struct{}{}, perUser: map[int64]int{},
		idle: make(chan struct{}), closing: make(chan struct{}), ready: make(chan struct{}),
	}
}

// Run feeds the hub with what the database says, until ctx ends.
func (h *Hub) Run(ctx context.Context, dsn string) error {
	return store.Listen(ctx, dsn, h.nowReady, h.Notice, h.Missed)
}

func (h *Hub) nowReady() {
	h.mu.Lock()
	first := !h.isReady
	h.isReady = true
	h.mu.Unlock()
	if first {
		close(h.ready)
	}
	h.Missed() // whoever came before it
}

// Ready is closed once events arrive.
func (h *Hub) Ready() <-chan struct{} { return h.ready }

// Open counts a connection to a client that passes events on; done must follow.
// It returns false when no more are taken.
func (h *Hub) Open() (done func(), ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || h.streams >= MaxSubscribers {
		return nil, false
	}
	h.streams++
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.streams--; h.streams == 0 && h.closed {
			close(h.idle)
		}
	}, true
}

// Drain asks all connections to send their clients away, since the process is
// about to end, and waits until they have, or until ctx ends.
func (h *Hub) Drain(ctx context.Context) {
	h.mu.Lock()
	if !h.closed {
		h.closed = true
		close(h.closing)
		if h.streams == 0 {
			close(h.idle)
		}
	}
	h.mu.Unlock()
	select {
	case <-h.idle:
	case <-ctx.Done():
	}
}

// Draining is closed by Drain.
func (h *Hub) Draining() <-chan struct{} { return h.closing }

// Notice passes on what a writer told.
func (h *Hub) Notice(n store.Notice) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range n.Campaigns {
		h.send(&Event{Topic: Topic{Advertiser: n.Advertiser}, Campaign: id, At: h.now()})
	}
	if n.Metrics {
		h.send(&Event{Topic: Topic{Advertiser: n.Advertiser, Numbers: true}, At: h.now()})
	}
}

// Missed tells all subscribers that events may have been lost.
func (h *Hub) Missed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for topic, all := range h.subscribers {
		e := &Event{Topic: topic, Missed: true, At: h.now()}
		for s := range all {
			s.put(e)
		}
	}
}

func (h *Hub) send(e *Event) {
	for s := range h.subscribers[e.Topic] {
		s.put(e)
	}
}

// Subscribe starts to collect the events of a topic for a user. Close must
// follow. It is TOO_MANY beyond the hub's bounds.
func (h *Hub) Subscribe(t Topic, user int64) (*Subscription, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.count >= MaxSubscribers:
		return nil, fault.New(fault.TooMany, "Too many follow changes at the moment. Try again in a minute.")
	case h.perUser[user] >= MaxPerUser:
		return nil, fault.New(fault.TooMany, "You follow changes %d times at once; more is not allowed.", MaxPerUser)
	}
	s := &Subscription{hub: h, topic: t, user: user, wake: make(chan struct{}, 1)}
	if h.subscribers[t] == nil {
		h.subscribers[t] = map[*Subscription]struct{}{}
	}
	h.subscribers[t][s] = struct{}{}
	h.perUser[user]++
	h.count++
	return s, nil
}

// Users returns who follows a topic at the moment, each once.
func (h *Hub) Users(t Topic) []int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	users := make([]int64, 0, len(h.subscribers[t]))
	for s := range h.subscribers[t] {
		users = append(users, s.user)
	}
	slices.Sort(users)
	return slices.Compact(users)
}

// sharedFor is how long after an event what was worked out from it still counts
// as read for it.
const sharedFor = time.Second

// Fresh tells whether an event is so new that subscribers may share what they
// read for it.
func (h *Hub) Fresh(e *Event) bool { return h.now().Sub(e.At) < sharedFor }

// Count returns how many subscribers there are.
func (h *Hub) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.count
}

// Events returns how many events subscribers took since the hub began, and how many
// they lost, since one took their place that says that some were missed.
func (h *Hub) Events() (sent, lost uint64) { return h.sent.Load(), h.lost.Load() }

// Subscription is the events that wait for one subscriber.
type Subscription struct {
	hub   *Hub
	topic Topic
	user  int64
	wake  chan struct{} // holds something while events wait

	mu      sync.Mutex
	waiting []*Event
	closed  bool
}

// put adds an event without ever waiting. One of a campaign that already waits
// takes the place of the older one, whose news it includes.
func (s *Subscription) put(e *Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch n := len(s.waiting); {
	case e.Missed:
		s.hub.lost.Add(uint64(n))
		s.waiting = append(s.waiting[:0], e)
	case n > 0 && s.waiting[0].Missed:
		s.hub.lost.Add(1)
		return // nobody has read since, and whoever does reads everything anew
	default:
		for i, w := range s.waiting {
			if w.Campaign == e.Campaign {
				s.waiting[i] = e
				return
			}
		}
		if n == Buffer {
			s.hub.lost.Add(Buffer + 1)
			clear(s.waiting)
			s.waiting = append(s.waiting[:0], &Event{Topic: e.Topic, Missed: true, At: e.At})
			break
		}
		s.waiting = append(s.waiting, e)
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Next waits for the next event. It returns nil when ctx ends.
func (s *Subscription) Next(ctx context.Context) *Event {
	for {
		s.mu.Lock()
		if len(s.waiting) > 0 {
			e := s.waiting[0]
			s.waiting[0] = nil
			s.waiting = s.waiting[1:]
			s.mu.Unlock()
			s.hub.sent.Add(1)
			return e
		}
		s.waiting = nil
		s.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil
		case <-s.wake:
		}
	}
}

// Close forgets the subscriber.
func (s *Subscription) Close() {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	all := h.subscribers[s.topic]
	delete(all, s)
	if len(all) == 0 {
		delete(h.subscribers, s.topic)
	}
	if h.perUser[s.user]--; h.perUser[s.user] == 0 {
		delete(h.perUser, s.user)
	}
	h.count--
}

// Memo keeps values by key, each worked out once, whoever asks first. Errors go
// to all who wait, and are not kept: who asks later tries again.
type Memo struct {
	mu   sync.Mutex
	kept map[any]*kept
}

type kept struct {
	done  chan struct{}
	value any
	err   error
}

// Do returns the value of a key. The first who asks starts to work it out; the
// work goes on when that one's ctx ends, for at most limit, since others wait.
func (m *Memo) Do(ctx context.Context, key any, limit time.Duration, work func(context.Context) (any, error)) (any, error) {
	m.mu.Lock()
	k := m.kept[key]
	if k == nil {
		k = &kept{done: make(chan struct{})}
		if m.kept == nil {
			m.kept = map[any]*kept{}
		}
		m.kept[key] = k
		go m.run(context.WithoutCancel(ctx), key, k, limit, work)
	}
	m.mu.Unlock()
	select {
	case <-k.done:
		return k.value, k.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (m *Memo) run(ctx context.Context, key any, k *kept, limit time.Duration, work func(context.Context) (any, error)) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer func() {
		if k.err != nil {
			m.mu.Lock()
			delete(m.kept, key)
			m.mu.Unlock()
		}
		close(k.done)
	}()
	defer func() {
		if p := recover(); p != nil {
			k.err = fault.New(fault.Internal, "Something went wrong on our side.")
			k.value = nil
			observe.LogPanic(ctx, p)
		}
	}()
	k.value, k.err = work(ctx)
}
