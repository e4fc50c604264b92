package importer

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxMeasure bounds a single number, so that no sum of them leaves 64 bits: in
// micros it is a thousand million units of a currency.
const maxMeasure = 1_000_000_000_000_000

// What is wrong with a cell. Each names the kind of a reject.
var (
	errNumber     = errors.New("is not a number")
	errExponent   = errors.New("is written with an exponent, as spreadsheets do to long numbers: its digits are lost")
	errFloatID    = errors.New("is a number with decimals: it went through a program that rounds long ids")
	errNegative   = errors.New("is below zero")
	errLarge      = errors.New("is too large")
	errDate       = errors.New("is not a date")
	errTwoDates   = errors.New("may be two dates, day first or month first: say which with --dates")
	errTime       = errors.New("is not a time")
	errText       = errors.New("has characters that are no text")
	errIDLength   = errors.New("is longer than an id may be, 255 characters")
	errMissing    = errors.New("is missing")
	errCurrency   = errors.New("is not the code of a currency, such as USD")
	errFuture     = errors.New("lies in the future")
	errLongAgo    = errors.New("lies more than 15 years back")
	errTimeZone   = errors.New("is not a time zone")
	errTooFew     = errors.New("the line has fewer cells than the header")
	errTooMany    = errors.New("the line has more cells than the header")
	errUnknownWay = errors.New("is none of the values that are known")
)

// absent tells whether a cell says that there is no value: blank, or one of the
// marks that reports use for none.
func absent(s string) bool {
	switch len(s) {
	case 0:
		return true
	case 1:
		return s == "-"
	case 2:
		return s == "--" || s == `\N`
	case 3:
		return s == "N/A" || s == "n/a"
	case 4:
		return strings.EqualFold(s, "null")
	}
	return false
}

// trim removes blanks around a cell; most have none.
func trim(s string) string {
	if s == "" || s[0] > ' ' && s[0] < utf8.RuneSelf && s[len(s)-1] > ' ' && s[len(s)-1] < utf8.RuneSelf {
		return s
	}
	return strings.TrimSpace(s)
}

// numbers says how a file writes numbers.
type numbers struct {
	decimal, group byte // such as '.' and ','
}

// scaled reads a decimal times 10^digits, without a float. What is finer than that
// is rounded, half away from zero, and reported by rounded. A cell without a value
// is 0.
func (n numbers) scaled(s string, digits int) (value int64, rounded bool, err error) {
	// The common case: some digits.
	if len(s) > 0 && len(s) <= 9 {
		for i := range len(s) {
			d := s[i] - '0'
			if d > 9 {
				return n.written(s, digits)
			}
			value = value*10 + int64(d)
		}
		for range digits {
			value *= 10
		}
		if value > maxMeasure {
			return 0, false, errLarge
		}
		return value, false, nil
	}
	return n.written(s, digits)
}

func (n numbers) written(s string, digits int) (value int64, rounded bool, err error) {
	s = trim(s)
	if absent(s) {
		return 0, false, nil
	}
	negative := false
	s = strings.Trim(s, "$€£¥₹ \u00a0")
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = strings.TrimLeft(s[1:], "$€£¥₹ \u00a0")
	}
	var (
		point    = -1 // digits behind the decimal point so far, -1 before it
		seen     = false
		inGroup  = -1 // digits since the last group separator, -1 before the first
		leadings = 0
	)
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			seen = true
			d := int64(c - '0')
			switch {
			case point < 0:
				if inGroup >= 0 {
					inGroup++
				} else {
					leadings++
				}
				value = value*10 + d
			case point < digits:
				point++
				value = value*10 + d
			default:
				if point == digits && d >= 5 {
					value++
				}
				rounded = rounded || d != 0
				point++
			}
			if value > maxMeasure {
				return 0, false, errLarge
			}
		case c == n.decimal && point < 0:
			if inGroup >= 0 && inGroup != 3 {
				return 0, false, errNumber
			}
			point, inGroup = 0, -1
		case c == n.group && point < 0 && seen && (inGroup == 3 || inGroup < 0 && leadings <= 3):
			inGroup = 0
		case (c == 'e' || c == 'E') && seen:
			return 0, false, errExponent
		default:
			return 0, false, errNumber
		}
	}
	if !seen || inGroup >= 0 && inGroup != 3 {
		return 0, false, errNumber
	}
	for range digits - max(min(point, digits), 0) {
		value *= 10
		if value > maxMeasure {
			return 0, false, errLarge
		}
	}
	if negative && value != 0 {
		return 0, false, errNegative
	}
	return value, rounded, nil
}

// externalID reads an id of a vendor, which is a text: digits, a hash, or a name
// where a report has nothing else.
func externalID(s string) (string, error) {
	s = trim(s)
	if absent(s) {
		return "", nil
	}
	if len(s) > 255 {
		return "", errIDLength
	}
	digits, points, exponents, other := 0, 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' || c == ',':
			points++
		case (c == 'E' || c == 'e') && digits > 0 && i+1 < len(s) && s[i+1] == '+':
			exponents++
		case c == '+' && exponents > 0:
		default:
			other++
		}
	}
	switch {
	case other > 0:
		return s, plain(s)
	case exponents == 1 && digits > 1:
		return "", errExponent
	case points == 1 && digits > 1 && strings.Trim(s[strings.IndexAny(s, ".,"):], ".,0") == "":
		if whole := s[:strings.IndexAny(s, ".,")]; len(whole) <= 15 && whole != "" {
			return whole, nil // a float holds it exactly
		}
		return "", errFloatID
	}
	return s, nil
}

// plain reports a text that PostgreSQL or people could not read.
func plain(s string) error {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == 0x7f {
			for _, r := range s {
				if r == utf8.RuneError || unicode.IsControl(r) {
					return errText
				}
			}
			return nil
		}
	}
	return nil
}

// text reads a name: line ends and tabs in it become spaces, and what is longer
// than most characters is cut off.
func text(s string, most int) (string, error) {
	s = trim(s)
	if plain(s) != nil {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return "", errText
		}
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }), " ")
	}
	if len(s) > most && utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most])
	}
	return s, nil
}

// dateOrder says which of 01/02/2026 is the day.
type dateOrder byte

const (
	isoOnly    dateOrder = iota
	monthFirst           // 01/31/2026
	dayFirst             // 31/01/2026
)

// secondsOfDay are those of a day in UTC, which has no leap seconds here.
const secondsOfDay = 24 * 60 * 60

// date reads a calendar day as the days since 1970-01-01. A time behind it is
// dropped: reports write days of the account as its midnight.
func date(s string, order dateOrder) (int32, error) {
	s = trim(s)
	if len(s) >= 10 && (s[4] == '-' || s[4] == '/') && s[4] == s[7] && (len(s) == 10 || s[10] == ' ' || s[10] == 'T') {
		return civil(s[0:4], s[5:7], s[8:10])
	}
	if len(s) == 8 && strings.Trim(s, "0123456789") == "" {
		return civil(s[0:4], s[4:6], s[6:8])
	}
	if absent(s) {
		return 0, errMissing
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) == 3 && len(parts[2]) >= 4 && len(parts[0]) <= 2 && len(parts[1]) <= 2 {
		first, second, year := parts[0], parts[1], parts[2][:4]
		if len(parts[2]) > 4 && parts[2][4] != ' ' {
			return 0, errDate
		}
		a, _ := strconv.Atoi(first)
		b, _ := strconv.Atoi(second)
		switch {
		case order == monthFirst, order == isoOnly && b > 12:
			return civil(year, first, second)
		case order == dayFirst, order == isoOnly && a > 12, a == b:
			return civil(year, second, first)
		}
		return 0, errTwoDates
	}
	for _, layout := range [...]string{"Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006", "Mon, Jan 2, 2006", "Jan 2 2006", "2-Jan-2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return days(t), nil
		}
	}
	return 0, errDate
}

// days returns the day of an instant of UTC.
func days(t time.Time) int32 { return int32(math.Floor(float64(t.Unix()) / secondsOfDay)) }

func civil(year, month, day string) (int32, error) {
	y, ok1 := digits(year)
	m, ok2 := digits(month)
	d, ok3 := digits(day)
	if !ok1 || !ok2 || !ok3 || m < 1 || m > 12 || d < 1 || d > 31 || y < 1970 || y > 2999 {
		return 0, errDate
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return 0, errDate
	}
	return days(t), nil
}

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int(d)
	}
	return n, s != ""
}

// dayText writes a day as 2006-01-02.
func dayText(day int32) string {
	return time.Unix(int64(day)*secondsOfDay, 0).UTC().Format(time.DateOnly)
}

// instant reads a time as microseconds since 1970, in UTC where it names no zone.
func instant(s string) (int64, error) {
	s = trim(s)
	if absent(s) {
		return 0, nil
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, " UTC"), " +0000 UTC")
	for _, layout := range [...]string{
		"2006-01-02 15:04:05.999999999 -0700", "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999",
		"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999-07", "2006-01-02 15:04", "2006-01-02",
	} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1970 && t.Year() < 3000 {
			return t.UnixMicro(), nil
		}
	}
	return 0, errTime
}

// boolean reads a truth value; a cell without one is false.
func boolean(s string) (bool, error) {
	switch strings.ToLower(trim(s)) {
	case "true", "t", "1", "yes":
		return true, nil
	case "false", "f", "0", "no", "", "null", `\n`, "-":
		return false, nil
	}
	return false, errUnknownWay
}
