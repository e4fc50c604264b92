package store

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// channel is where writers tell all processes of a service what changed.
const channel = "adsgraph"

// Bounds of one notice. PostgreSQL takes less than 8,000 bytes.
const (
	maxNotice    = 7900
	maxCampaigns = 500
)

// Notice says that something of an advertiser changed: some campaigns or what is
// below them, or its numbers.
type Notice struct {
	Advertiser int64   `json:"a"`
	Campaigns  []int64 `json:"c,omitempty"`
	Metrics    bool    `json:"m,omitempty"`
}

// payloads returns the notices that tell of an advertiser's campaigns, each once,
// none longer than PostgreSQL takes.
func payloads(advertiser int64, campaigns []int64) []string {
	ids := slices.Compact(slices.Sorted(slices.Values(campaigns)))
	var list []string
	for len(ids) > 0 {
		n := min(len(ids), maxCampaigns)
		text := payload(Notice{Advertiser: advertiser, Campaigns: ids[:n]})
		for len(text) > maxNotice {
			n /= 2
			text = payload(Notice{Advertiser: advertiser, Campaigns: ids[:n]})
		}
		list, ids = append(list, text), ids[n:]
	}
	return list
}

func payload(n Notice) string {
	text, err := json.Marshal(n)
	if err != nil {
		return "{}" // cannot be: numbers only
	}
	return string(text)
}

const notify = `-- name: Notify
SELECT pg_notify('` + channel + `', $1)`

// notifyMetrics tells whoever follows an advertiser, once the transaction has
// ended well, that its numbers moved. Of campaigns the statement addChanges tells.
func notifyMetrics(ctx context.Context, tx *sqlx.Tx, advertiser int64) error {
	return run(ctx, tx, notify, payload(Notice{Advertiser: advertiser, Metrics: true}))
}

// The listener's connection. When it breaks it is opened again, first after
// reconnectFirst, then ever later up to reconnectLast; pingEvery finds out whether
// one that is silent is broken.
const (
	reconnectFirst = 100 * time.Millisecond
	reconnectLast  = 2 * time.Second
	pingEvery      = 10 * time.Second
)

// Listen calls receive for each notice, and missed whenever some may have been
// lost because the connection broke, one call at a time, until ctx ends. It has
// one connection of its own, which needs a session: a pooler in transaction mode
// passes nothing on. ready is called when notices arrive from then on.
func Listen(ctx context.Context, dsn string, ready func(), receive func(Notice), missed func()) error {
	l := pq.NewDialListener(heartbeatDialer{}, dsn, reconnectFirst, reconnectLast, func(event pq.ListenerEventType, err error) {
		switch event {
		case pq.ListenerEventDisconnected, pq.ListenerEventConnectionAttemptFailed:
			slog.WarnContext(ctx, "live updates are interrupted", "err", err)
		case pq.ListenerEventReconnected:
			slog.InfoContext(ctx, "live updates go on")
		case pq.ListenerEventConnected:
		}
	})
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer func() {
		if stop() {
			_ = l.Close()
		}
	}()
	if err := l.Listen(channel); err != nil { // waits until there is a connection
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("listen for changes: %w", err)
	}
	ready()
	ticks := time.NewTicker(pingEvery)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
			go func() { _ = l.Ping() }() // what it finds out shows as a reconnection
		case n, ok := <-l.Notify:
			switch {
			case !ok:
				return nil // closed
			case n == nil: // reconnected
				missed()
			default:
				var notice Notice
				if err := json.Unmarshal([]byte(n.Extra), &notice); err != nil || notice.Advertiser == 0 {
					slog.WarnContext(ctx, "a notice of a change cannot be read", "err", err)
					continue
				}
				receive(notice)
			}
		}
	}
}

const membersOf = `-- name: AdvertiserForMembers
SELECT mb.user_id, ` + advertiserColumns + `
FROM advertiser AS a
JOIN (
  SELECT b.advertiser_id, b.user_id, array_agg(b.role) AS roles FROM member AS b
  WHERE b.advertiser_id = $1 AND b.user_id = ANY($2) GROUP BY b.advertiser_id, b.user_id
) AS mb ON mb.advertiser_id = a.id` + advertiserJoins + `
WHERE a.id = $1`

// AdvertiserFor returns an advertiser as each of some users sees it, by user;
// who is no member is not there. It is Advertisers for many users at once.
func (s *Store) AdvertiserFor(ctx context.Context, advertiser int64, users []int64) (map[int64]*ads.Advertiser, error) {
	found := make(map[int64]*ads.Advertiser, len(users))
	q := statement{membersOf, []any{advertiser, pq.Array(users)}, fence{advertisers: []int64{advertiser}}}
	err := s.each(ctx, q, func(rows *sqlx.Rows) error {
		a, user := &ads.Advertiser{}, int64(0)
		if err := rows.Scan(append([]any{&user}, advertiserDest(a)...)...); err != nil {
			return err
		}
		found[user] = a
		return complete(a, user)
	})
	return found, err
}
