package store_test

import (
	"testing"

	"adsgraph/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m, "store") }

// owner is the demo's user who owns every advertiser; whale its advertiser with
// 2,000 campaigns.
const (
	owner = 1
	whale = 2
)
