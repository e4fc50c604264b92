package store_test

import (
	"context"
	"testing"

	"github.com/lib/pq"

	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

// TestServerErrors says what PostgreSQL and the coordinator of a cluster say, and
// looks at what clients are told. It goes by the SQLSTATE alone: a cluster leaves
// the constraint's name empty or adds the number of a shard. Rules that users can
// break are checked by statements, so that no constraint's name is ever asked for.
func TestServerErrors(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	for _, tt := range []struct {
		name string
		err  pq.Error
		want fault.Code
	}{
		{"a worker is down", pq.Error{Code: "08006", Message: "connection to the remote node worker-2:5432 failed with the following error: Connection refused"}, fault.Unavailable},
		{"a deadlock", pq.Error{Code: "40P01", Message: "deadlock detected"}, fault.Unavailable},
		{"a deadlock over nodes", pq.Error{Code: "40P01", Message: "canceling the transaction since it was involved in a distributed deadlock"}, fault.Unavailable},
		{"too many connections", pq.Error{Code: "53300", Message: "sorry, too many clients already"}, fault.Unavailable},
		{"a time limit", pq.Error{Code: "57014", Message: "canceling statement due to statement timeout"}, fault.Timeout},
		{"a key of PostgreSQL", pq.Error{Code: "23505", Message: `duplicate key value violates unique constraint "campaign_pk"`, Constraint: "campaign_pk", Table: "campaign"}, fault.Internal},
		{"a key of a shard", pq.Error{Code: "23505", Message: `duplicate key value violates unique constraint "campaign_pk_102082"`}, fault.Internal},
		{"a parent of a shard", pq.Error{Code: "23503", Message: `insert or update on table "ad_group_102090" violates foreign key constraint "ad_group_campaign_fk_102090"`}, fault.Internal},
		{"a check of a shard", pq.Error{Code: "23514", Message: `new row for relation "campaign_102082" violates check constraint "campaign_name_ck"`}, fault.Internal},
		{"a guarded pool", pq.Error{Code: "XX000", Message: "multi-task query about to be executed"}, fault.Internal},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := pgtest.OpenHooked(t, dsn, func(context.Context, string) error { return &tt.err })
			if _, err := s.UserByIdentity(t.Context(), "i", "s"); fault.CodeOf(err) != tt.want {
				t.Errorf("%v is %s, want %s", err, fault.CodeOf(err), tt.want)
			}
		})
	}
}
