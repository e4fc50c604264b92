package ads

import (
	"io"
	"strconv"

	"adsgraph/internal/fault"
)

// Micros is an amount in millionths of a currency's unit, the same factor for
// every currency. On the wire it is a string, since JavaScript's numbers end
// at 2^53.
type Micros int64

// AppendGQL appends the amount as a GraphQL Int64, a JSON string.
func (m Micros) AppendGQL(b []byte) []byte {
	return append(strconv.AppendInt(append(b, '"'), int64(m), 10), '"')
}

// MarshalGQL writes the amount as a GraphQL Int64.
func (m Micros) MarshalGQL(w io.Writer) { _, _ = w.Write(m.AppendGQL(make([]byte, 0, 24))) }

// UnmarshalGQL reads a GraphQL Int64, which must be a string: a number may
// have lost digits on its way.
func (m *Micros) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	n, err := strconv.ParseInt(s, 10, 64)
	if !ok || err != nil {
		return fault.New(fault.Invalid, "An Int64 is a string of digits, such as \"1500000\".")
	}
	*m = Micros(n)
	return nil
}

// Money is an exact amount in an advertiser's currency.
type Money struct {
	Micros Micros
	// Currency is an ISO 4217 code.
	Currency string
}

// minorDigits is the number of decimals people write in a currency.
func minorDigits(currency string) int {
	switch currency {
	case "JPY", "KRW", "CLP": // ISO 4217 gives these no minor unit
		return 0
	}
	return 2
}

// smallestUnit is the smallest amount that people pay in a currency, in micros.
func smallestUnit(currency string) int64 {
	if minorDigits(currency) == 0 {
		return 1_000_000
	}
	return 10_000
}

// AppendAmount appends the amount as a plain decimal: with at least the
// currency's own decimals and otherwise as many as are needed to be exact.
func (m Money) AppendAmount(b []byte) []byte {
	n := uint64(m.Micros)
	if m.Micros < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendUint(b, n/1e6, 10)
	fraction, digits := n%1e6, 6
	for digits > minorDigits(m.Currency) && fraction%10 == 0 {
		fraction /= 10
		digits--
	}
	if digits == 0 {
		return b
	}
	b = append(b, '.')
	for range digits {
		b = append(b, '0')
	}
	for i := len(b) - 1; fraction > 0; i-- {
		b[i] = '0' + byte(fraction%10)
		fraction /= 10
	}
	return b
}

// Amount returns the amount as a plain decimal, such as "12.50" or, in yen,
// "1250".
func (m Money) Amount() string { return string(m.AppendAmount(nil)) }
