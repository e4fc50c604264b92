package pgtest

import "testing"

// Rounds returns how often a test with random input goes round: full, or short with
// -short and with the race detector, which makes everything some four times slower
// and finds its races in a part of the rounds; make test-long runs them all.
func Rounds(full, short int) int {
	if testing.Short() || raced {
		return short
	}
	return full
}
