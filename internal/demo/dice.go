package demo

import (
	"math"
	"math/rand/v2"
)

// dice is a source of chance for one part of the data, independent of all
// others, so that drawing more for one part leaves the others as they were.
type dice struct{ *rand.Rand }

// The parts that draw on their own.
const (
	partShape uint64 = iota + 1
	partAccount
	partStructure
	partFacts
	partObjects
	partBreakdowns
	partPaper
	partHours
	partTeam
)

// newDice returns the dice of a part of an advertiser, or of one of its
// campaigns.
func newDice(seed, part uint64, path ...int) dice {
	stream := scramble(part)
	for _, p := range path {
		stream = scramble(stream ^ uint64(p))
	}
	return dice{rand.New(rand.NewPCG(seed, stream))} //nolint:gosec // not for secrets
}

// scramble spreads neighbouring numbers over all 64 bits (splitmix64), since
// PCG streams of neighbouring seeds begin alike.
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// chance is true with probability p.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// between returns a number from low up to high.
func (d dice) between(low, high float64) float64 { return low + (high-low)*d.Float64() }

// days returns a whole number from low through high; high when that is less.
func (d dice) days(low, high int) int {
	if high <= low {
		return high
	}
	return low + d.IntN(high-low+1)
}

// lognormal returns a number whose logarithm is normal.
func (d dice) lognormal(median, sigma float64) float64 {
	return median * math.Exp(sigma*d.NormFloat64())
}

// weighted returns an index, drawn in proportion to the weights.
func (d dice) weighted(weights ...float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	x := d.Float64() * total
	for i, w := range weights {
		if x < w {
			return i
		}
		x -= w
	}
	return len(weights) - 1
}

// poisson returns a count with the given mean.
func (d dice) poisson(mean float64) int64 {
	switch {
	case mean <= 0:
		return 0
	case mean > 30: // close enough to normal
		return max(0, int64(math.Round(mean+math.Sqrt(mean)*d.NormFloat64())))
	}
	n, p, limit := int64(-1), 1.0, math.Exp(-mean)
	for ; p > limit || n < 0; n++ {
		p *= d.Float64()
	}
	return n
}

// binomial returns how many of n happen, each with probability p.
func (d dice) binomial(n int64, p float64) int64 {
	switch {
	case n <= 0 || p <= 0:
		return 0
	case p >= 1:
		return n
	}
	mean := float64(n) * p
	if n <= 12 {
		hits := int64(0)
		for range n {
			if d.Float64() < p {
				hits++
			}
		}
		return hits
	}
	if mean < 15 {
		return min(n, d.poisson(mean))
	}
	return min(n, max(0, int64(math.Round(mean+math.Sqrt(mean*(1-p))*d.NormFloat64()))))
}

// beta returns a share with the given mean; the higher the weight, the closer.
func (d dice) beta(mean, weight float64) float64 {
	a := d.gamma(mean * weight)
	return a / (a + d.gamma((1-mean)*weight))
}

// gamma returns a number of the gamma distribution of that shape (Marsaglia
// and Tsang).
func (d dice) gamma(shape float64) float64 {
	if shape < 1 {
		return d.gamma(shape+1) * math.Pow(d.Float64(), 1/shape)
	}
	c := shape - 1.0/3
	for {
		x := d.NormFloat64()
		v := 1 + x/math.Sqrt(9*c)
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(d.Float64()) < x*x/2+c-c*v+c*math.Log(v) {
			return c * v
		}
	}
}

// pick returns one of the items.
func pick[T any](d dice, items []T) T { return items[d.IntN(len(items))] }
