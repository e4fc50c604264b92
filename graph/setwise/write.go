package setwise

import (
	"reflect"

	"github.com/vektah/gqlparser/v2/ast"
)

// The writers append a value and say whether it is allowed to stand there: a
// null in a place that may not be null makes the value around it null.

func (x *run) writeObject(b []byte, k *rows, row int) ([]byte, bool) {
	start := len(b)
	obj := k.objs[row]
	v := reflect.ValueOf(obj).Elem()
	b = append(b, '{')
	for i := range k.columns {
		if i > 0 {
			b = append(b, ',')
		}
		c := &k.columns[i]
		b = append(b, c.selected.key...)
		var ok bool
		switch f := c.selected.bound; {
		case f == nil:
			b = append(append(append(b, '"'), k.object.name...), '"')
			continue
		case f.leaf != nil:
			b = f.leaf(b, obj, v)
			continue
		case c.leaves != nil:
			b, ok = x.writeLeaf(b, c, row)
		case c.spans != nil:
			b, ok = x.writeList(b, c, row, c.selected.field.Definition.Type)
		default:
			b, ok = x.writeSlot(b, c, row, c.selected.field.Definition.Type)
		}
		if !ok {
			return b[:start], false
		}
	}
	return append(b, '}'), true
}

func null(b []byte, t *ast.Type) ([]byte, bool) {
	if t.NonNull {
		return b, false
	}
	return append(b, "null"...), true
}

func (x *run) writeLeaf(b []byte, c *column, row int) ([]byte, bool) {
	v := c.leaves[row]
	if v == nil {
		return null(b, c.selected.field.Definition.Type)
	}
	appendValue, err := appender(reflect.TypeOf(v))
	if err != nil {
		panic(err) // a loading field of a type that nobody can write
	}
	return appendValue(b, reflect.ValueOf(v)), true
}

// writeSlot writes a field that holds one object.
func (x *run) writeSlot(b []byte, c *column, row int, t *ast.Type) ([]byte, bool) {
	if c.failed != nil && c.failed[row] {
		return null(b, t)
	}
	return x.writeSlotAt(b, c, row, t)
}

func (x *run) writeSlotAt(b []byte, c *column, at int, t *ast.Type) ([]byte, bool) {
	s := c.slots[at]
	if s.kid < 0 {
		return null(b, t)
	}
	b, ok := x.writeObject(b, c.kids[s.kid], int(s.index))
	if !ok {
		return null(b, t)
	}
	return b, true
}

// writeList writes a field that holds a list of objects.
func (x *run) writeList(b []byte, c *column, row int, t *ast.Type) ([]byte, bool) {
	if c.failed != nil && c.failed[row] {
		return null(b, t)
	}
	start := len(b)
	b = append(b, '[')
	from, to := c.spans[row], c.spans[row+1]
	for at := from; at < to; at++ {
		if at > from {
			b = append(b, ',')
		}
		var ok bool
		if b, ok = x.writeSlotAt(b, c, at, t.Elem); !ok {
			return null(b[:start], t)
		}
	}
	return append(b, ']'), true
}
