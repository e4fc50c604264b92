package store

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/jmoiron/sqlx"
)

// NotifyCampaigns and NotifyMetrics are for tests outside the package.
func NotifyCampaigns(ctx context.Context, tx *sqlx.Tx, advertiser int64, ids []int64) error {
	for _, text := range payloads(advertiser, ids) {
		if err := run(ctx, tx, notify, text); err != nil {
			return err
		}
	}
	return nil
}

// NotifyMetrics tells of an advertiser's numbers.
func NotifyMetrics(ctx context.Context, tx *sqlx.Tx, advertiser int64) error {
	return notifyMetrics(ctx, tx, advertiser)
}

// TestNoticesFit writes many long ids: nothing is lost, nothing is too long.
func TestNoticesFit(t *testing.T) {
	t.Parallel()
	var ids, got []int64
	for i := range int64(3000) {
		ids = append(ids, 9_000_000_000_000_000_000+i, 9_000_000_000_000_000_000+i)
	}
	for _, text := range payloads(9_000_000_000_000_000_000, ids) {
		var n Notice
		if err := json.Unmarshal([]byte(text), &n); err != nil || len(text) > maxNotice || len(n.Campaigns) > maxCampaigns {
			t.Fatal(len(text), len(n.Campaigns), err)
		}
		got = append(got, n.Campaigns...)
	}
	if !slices.Equal(got, slices.Compact(ids)) {
		t.Errorf("%d ids of %d", len(got), len(ids)/2)
	}
	if got := payloads(1, []int64{3, 2, 3}); len(got) != 1 || got[0] != `{"a":1,"c":[2,3]}` {
		t.Error(got)
	}
	if got := payload(Notice{Advertiser: 1, Metrics: true}); got != `{"a":1,"m":true}` {
		t.Error(got)
	}
}
