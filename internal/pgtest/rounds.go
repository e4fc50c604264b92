package pgtest

import "testing"

// Rounds returns how often a test with random input goes round: full, or short with
// -short. The race detector makes everything some four times slower and finds its
// races in a part of the rounds, so with it there are a tenth; make test-long runs
// them all.
func Rounds(full, short int) int {
	switch {
	case testing.Short():
		return short
	case raced:
		return max(full/10, short)
	default:
		return full
	}
}
