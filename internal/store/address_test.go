package store_test

import (
	"strings"
	"testing"

	"adsgraph/internal/store"
)

// TestAddressesShowNoPassword masks and checks addresses in every form, right ones
// and wrong ones, that hold a canary.
func TestAddressesShowNoPassword(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                  "",
		"postgres://u@h/db": "postgres://u@h/db",
		"host=h dbname=db":  "host=h dbname=db",
		"postgres://u:canary@h/db?sslmode=require":               "postgres://u:***@h/db?sslmode=require",
		"postgresql://u:canary@h:5433/db":                        "postgresql://u:***@h:5433/db",
		"postgres://u%40x:can%2Fary@h/db":                        "postgres://u%40x:***@h/db",
		"postgres://h/db?user=u&password=canary&sslmode=disable": "postgres://h/db?user=u&password=***&sslmode=disable",
		"postgres://h/db?pass%77ord=canary":                      "postgres://h/db?pass%77ord=***",
		"host=h user=u password=canary dbname=db":                "host=h user=u password=*** dbname=db",
		"host=h password='can ary' dbname=db":                    "host=h password=*** dbname=db",
		`host=h password = 'can\' ary' dbname=db`:                "host=h password = *** dbname=db",
		`host=h password=can\ ary dbname=db`:                     "host=h password=*** dbname=db",
		"postgres://u:can#ary@h/db":                              "***",
		"postgres://u:12/canary@h/db":                            "***",
		"postgres://u:12?canary@h/db":                            "***",
		"postgres://u:canary@h:port/db":                          "***",
		"postgres://u:%zcanary@h/db":                             "***",
		"host=h password='canary":                                "***",
		"canary":                                                 "***",
		"host=h canary dbname=db":                                "***",
		"host=h port=canary":                                     "***",
	} {
		got := store.MaskAddress(address)
		if got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
		err := store.CheckAddress(address)
		if (err == nil) != (want != "***") || err != nil && (strings.Contains(err.Error(), "can") && strings.Contains(err.Error(), "ary")) {
			t.Errorf("%s: %v", address, err)
		}
		if address == "" {
			continue
		}
		if _, err := store.OpenDB(t.Context(), address); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
