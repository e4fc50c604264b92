package setwise

import (
	"reflect"
	"strconv"
	"time"
)

var timeType = reflect.TypeFor[time.Time]() //nolint:gochecknoglobals // a constant

// kinds appends values of the basic kinds.
var kinds = map[reflect.Kind]func(b []byte, v reflect.Value) []byte{ //nolint:gochecknoglobals // a constant table
	reflect.String:  func(b []byte, v reflect.Value) []byte { return AppendString(b, v.String()) },
	reflect.Bool:    func(b []byte, v reflect.Value) []byte { return strconv.AppendBool(b, v.Bool()) },
	reflect.Int:     appendInt,
	reflect.Int32:   appendInt,
	reflect.Int64:   appendInt,
	reflect.Float64: func(b []byte, v reflect.Value) []byte { return AppendFloat(b, v.Float()) },
}

func appendInt(b []byte, v reflect.Value) []byte { return strconv.AppendInt(b, v.Int(), 10) }

// AppendFloat appends a finite number, as gqlgen writes it.
func AppendFloat(b []byte, f float64) []byte { return strconv.AppendFloat(b, f, 'g', -1, 64) }

// appendTime appends an instant in RFC 3339, or null for the zero time.
func appendTime(b []byte, v reflect.Value) []byte {
	t := v.Interface().(time.Time)
	if t.IsZero() {
		return append(b, "null"...)
	}
	return append(t.AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

const hex = "0123456789ABCDEF"

// AppendString appends a JSON string, escaped as gqlgen does.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '\\' && c != '"' {
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		case '\n':
			b = append(b, `\n`...)
		case '\\', '"':
			b = append(b, '\\', c)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
		start = i + 1
	}
	return append(append(b, s[start:]...), '"')
}
