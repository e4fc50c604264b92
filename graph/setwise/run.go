package setwise

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"slices"
	"sort"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// rows is the objects that one selection set is answered for, all over the
// document's level. The columns hold what is below them.
type rows struct {
	*selection
	objs    []any
	columns []column
	// above is the column that these rows are the content of; nil at the top.
	above *column
}

// column is one field of a set of rows.
type column struct {
	rows     *rows
	selected *node
	await    func(i int) (any, error)
	// leaves holds loaded scalars.
	leaves []any
	// slots holds objects, one per row, or for a list those of all rows in a
	// run that spans delimits.
	slots  []slot
	spans  []int
	kids   []*rows // per concrete type
	failed []bool  // rows whose value is an error; nil when there is none
}

// slot points at an object below: a set of rows and an index in it, or at null.
type slot struct{ kid, index int32 }

// run is one answer in the making.
type run struct {
	ctx      context.Context
	op       *graphql.OperationContext
	registry *Registry
	flush    func()
	asking   func(path string)
	root     *graphql.FieldContext
	waiting  []*column
	errors   int
}

// maxErrors is the most errors of one root field. A statement that fails for
// thousands of rows says so often enough.
const maxErrors = 1000

// Answer reads and writes everything selected below a root field whose
// resolver gave value: an object, or a list of objects that may hold nils.
// flush sends off what the loading fields asked for; asking, unless nil, is told
// which field asks next, by its path without numbers of rows. Errors go to the
// response that ctx belongs to. What comes back is the field's JSON, or
// graphql.Null.
func (r *Registry) Answer(ctx context.Context, value any, flush func(), asking func(path string)) (graphql.Marshaler, error) {
	fc, op := graphql.GetFieldContext(ctx), graphql.GetOperationContext(ctx)
	x := &run{ctx: ctx, op: op, registry: r, flush: flush, asking: asking, root: fc}
	col := &column{selected: r.selected(op, fc)}
	objs, list := []any{value}, fc.Field.Definition.Type.Elem != nil
	if list {
		objs = spread(reflect.TypeOf(value))(nil, value)
	}
	for _, o := range objs {
		if err := x.place(col, o); err != nil {
			return nil, err
		}
	}
	x.descend(col)
	for len(x.waiting) > 0 {
		level := x.waiting
		x.waiting = nil
		x.flush()
		for _, c := range level {
			x.collect(c)
		}
	}
	scratch := buffers.Get().(*[]byte)
	defer func() {
		if cap(*scratch) <= maxKept {
			buffers.Put(scratch)
		}
	}()
	b := (*scratch)[:0]
	var ok bool
	if list {
		col.spans = []int{0, len(objs)}
		b, ok = x.writeList(b, col, 0, fc.Field.Definition.Type)
	} else {
		b, ok = x.writeSlot(b, col, 0, fc.Field.Definition.Type)
	}
	*scratch = b // it may have grown
	if !ok {
		return graphql.Null, nil
	}
	return raw(bytes.Clone(b)), nil
}

// maxKept is the largest buffer that is worth keeping.
const maxKept = 1 << 20

// buffers keeps the space in which answers are written, since growing it anew
// would cost more than the writing.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 64<<10); return &b }} //nolint:gochecknoglobals // a cache

// raw is JSON that is ready. Subscribers share it, so it may be written often.
type raw []byte

// MarshalGQL writes the JSON.
func (j raw) MarshalGQL(w io.Writer) { _, _ = w.Write(j) }

// place appends an object to a column, in the rows of its concrete type.
func (x *run) place(c *column, obj any) error {
	if obj == nil {
		c.slots = append(c.slots, slot{-1, 0})
		return nil
	}
	var kid int
	if n := len(c.kids); n > 0 && reflect.TypeOf(obj) == reflect.TypeOf(c.kids[n-1].objs[0]) {
		kid = n - 1
	} else {
		o, err := x.registry.objectOf(obj, c.selected.declared)
		if err != nil {
			return err
		}
		var sel *selection
		kid, sel = c.selected.on(o)
		for len(c.kids) <= kid {
			c.kids = append(c.kids, &rows{selection: c.selected.below[len(c.kids)], above: c})
		}
		c.kids[kid].selection = sel
	}
	k := c.kids[kid]
	c.slots = append(c.slots, slot{int32(kid), int32(len(k.objs))})
	k.objs = append(k.objs, obj)
	return nil
}

// descend goes into the rows below a column: fields that their objects hold
// are followed at once, the others start to be read.
func (x *run) descend(c *column) {
	for _, k := range c.kids {
		if len(k.objs) == 0 {
			continue
		}
		k.columns = make([]column, len(k.nodes))
		for i, f := range k.nodes {
			below := &k.columns[i]
			below.rows, below.selected = k, f
			switch {
			case f.bound == nil || f.bound.leaf != nil:
			case f.bound.child != nil:
				below.slots = make([]slot, 0, len(k.objs))
				for j, obj := range k.objs {
					child := any(nil)
					if x.allows(below, j) {
						child = f.bound.child(obj)
					}
					x.must(below, j, x.place(below, child))
				}
				x.descend(below)
			case f.bound.each != nil:
				below.spans = make([]int, 1, len(k.objs)+1)
				var list []any
				for j, obj := range k.objs {
					if list = list[:0]; x.allows(below, j) {
						list = f.bound.each(list, obj)
					}
					for _, o := range list {
						x.must(below, j, x.place(below, o))
					}
					below.spans = append(below.spans, len(below.slots))
				}
				x.descend(below)
			default:
				x.start(below)
			}
		}
	}
}

// allows asks the guard whether a row's field may be read, and reports it if not.
func (x *run) allows(c *column, row int) bool {
	capability := c.selected.bound.requires
	if capability == "" {
		return true
	}
	err := x.registry.guard(c.rows.objs[row], capability)
	if err != nil {
		x.fail(c, row, err)
	}
	return err == nil
}

// must reports an object of a type that has no binding, which is our mistake.
func (x *run) must(c *column, row int, err error) {
	if err != nil {
		c.slots = append(c.slots, slot{-1, 0})
		x.fail(c, row, err)
	}
}

// start begins to read a column for all its rows.
func (x *run) start(c *column) {
	f := c.selected
	// The path of a mistake is to start at the argument, since rows differ in the
	// rest. So the arguments are decoded below a field without a name or parent.
	nowhere := &graphql.FieldContext{}
	ctx := graphql.WithFieldContext(x.ctx, nowhere)
	nowhere.Parent = nil
	objs, number := x.readable(c)
	if x.asking != nil {
		x.asking(x.fieldOf(c))
	}
	await, err := f.bound.load(x.ctx, objs, &Args{ctx: ctx, raw: f.field.ArgumentMap(x.op.Variables)}, Selected{f, x.op.Variables})
	c.await = func(row int) (any, error) {
		switch {
		case number != nil && number[row] < 0: // reported already
			return nil, nil
		case err != nil:
			return nil, err
		case number != nil:
			return await(number[row])
		}
		return await(row)
	}
	x.waiting = append(x.waiting, c)
}

// readable returns the objects whose field of a column may be read, and for each
// row the place of its object among them, -1 for one that is not; nil if all are.
func (x *run) readable(c *column) (objs []any, number []int) {
	if c.selected.bound.requires == "" {
		return c.rows.objs, nil
	}
	number = make([]int, len(c.rows.objs))
	for row, obj := range c.rows.objs {
		if number[row] = -1; x.allows(c, row) {
			number[row] = len(objs)
			objs = append(objs, obj)
		}
	}
	return objs, number
}

// collect takes the results of a column and goes on below them.
func (x *run) collect(c *column) {
	n := len(c.rows.objs)
	f := c.selected.bound
	leaf := c.selected.declared.IsLeafType()
	switch {
	case leaf:
		c.leaves = make([]any, n)
	case f.spread != nil:
		c.spans = make([]int, 1, n+1)
	default:
		c.slots = make([]slot, 0, n)
	}
	var list []any
	for i := range n {
		v, err := c.await(i)
		if err != nil {
			x.fail(c, i, err)
		}
		switch {
		case leaf:
			c.leaves[i] = v
		case f.spread != nil:
			if v != nil {
				for _, o := range f.spread(list[:0], v) {
					x.must(c, i, x.place(c, o))
				}
			}
			c.spans = append(c.spans, len(c.slots))
		default:
			x.must(c, i, x.place(c, v))
		}
	}
	c.await = nil
	x.descend(c)
}

// fail reports an error of one row of a column, whose value becomes null.
func (x *run) fail(c *column, row int, err error) {
	if c.failed == nil {
		c.failed = make([]bool, len(c.rows.objs))
	}
	c.failed[row] = true
	if x.errors++; x.errors > maxErrors {
		return // the value is null all the same
	}
	path := append(x.pathOf(c.rows, row), ast.PathName(c.selected.field.Alias))
	if inArgument, ok := errors.AsType[*argumentError](err); ok {
		shown := gqlerror.WrapPath(path, inArgument.error)
		if located, ok := errors.AsType[*gqlerror.Error](inArgument.error); ok {
			copied := *located
			copied.Path = slices.Concat(path, located.Path)
			shown = &copied
		}
		x.op.Error(x.ctx, shown)
		return
	}
	shown := gqlerror.WrapPath(path, err)
	if p := c.selected.field.Position; p != nil && p.Line != 0 {
		shown.Locations = []gqlerror.Location{{Line: p.Line, Column: p.Column}}
	}
	x.op.Error(x.ctx, shown)
}

// fieldOf returns the path of a column's field in the response, without numbers
// of rows.
func (x *run) fieldOf(c *column) string {
	if c.rows == nil { // the root field
		return x.root.Field.Alias
	}
	return x.fieldOf(c.rows.above) + "." + c.selected.field.Alias
}

// pathOf returns the path of a row in the response.
func (x *run) pathOf(k *rows, row int) ast.Path {
	c := k.above
	at := -1
	for i, s := range c.slots { // only errors come here
		if s.kid >= 0 && c.kids[s.kid] == k && int(s.index) == row {
			at = i
			break
		}
	}
	owner, index := at, -1
	if c.spans != nil {
		owner = sort.SearchInts(c.spans, at+1) - 1
		index = at - c.spans[owner]
	}
	var path ast.Path
	if c.rows == nil { // the root field
		path = x.root.Path()
		if x.root.Field.Definition.Type.Elem != nil {
			index = at
		}
	} else {
		path = append(x.pathOf(c.rows, owner), ast.PathName(c.selected.field.Alias))
	}
	if index >= 0 {
		path = append(path, ast.PathIndex(index))
	}
	return path
}
