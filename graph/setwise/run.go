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

// Selected is a field of a document as it stands in one selection set, with
// what is selected below it.
type Selected struct {
	registry *Registry
	op       *graphql.OperationContext
	field    graphql.CollectedField
	key      []byte // `"alias":`
	bound    *Field // nil for __typename
	declared *ast.Definition
	below    []*selection // one per concrete type met so far
}

// selection is a selection set applied to one object type.
type selection struct {
	object *Object
	fields []*Selected
}

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
	selected *Selected
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
	root     *graphql.FieldContext
	waiting  []*column
	errors   int
}

// maxErrors is the most errors of one root field. A statement that fails for
// thousands of rows says so often enough.
const maxErrors = 1000

// Answer reads and writes everything selected below a root field whose
// resolver gave value: an object, or a list of objects that may hold nils.
// flush sends off what the loading fields asked for. Errors go to the response
// that ctx belongs to. What comes back is the field's JSON, or graphql.Null.
func (r *Registry) Answer(ctx context.Context, value any, flush func()) (graphql.Marshaler, error) {
	fc, op := graphql.GetFieldContext(ctx), graphql.GetOperationContext(ctx)
	x := &run{ctx: ctx, op: op, registry: r, flush: flush, root: fc}
	top := &Selected{registry: r, op: op, field: fc.Field, declared: r.schema.Types[fc.Field.Definition.Type.Name()]}
	col := &column{selected: top}
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

// raw is JSON that is ready.
type raw []byte

// MarshalGQL writes the JSON.
func (j raw) MarshalGQL(w io.Writer) { _, _ = w.Write(j) }

// on returns the selection set below s for objects of a type, made once.
func (s *Selected) on(o *Object) (int, *selection) {
	for i, sel := range s.below {
		if sel.object == o {
			return i, sel
		}
	}
	collected := graphql.CollectFields(s.op, s.field.Selections, o.satisfies)
	sel := &selection{object: o, fields: make([]*Selected, len(collected))}
	fields := make([]Selected, len(collected))
	keys, ends := make([]byte, 0, 24*len(collected)), make([]int, len(collected))
	for i, f := range collected {
		below := &fields[i]
		*below = Selected{registry: s.registry, op: s.op, field: f}
		if f.Name != "__typename" {
			below.bound = o.fields[f.Name]
			below.declared = s.registry.schema.Types[f.Definition.Type.Name()]
		}
		sel.fields[i] = below
		keys = append(AppendString(keys, f.Alias), ':')
		ends[i] = len(keys)
	}
	start := 0
	for i, end := range ends { // keys has found its place now
		fields[i].key, start = keys[start:end:end], end
	}
	s.below = append(s.below, sel)
	return len(s.below) - 1, sel
}

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
		k.columns = make([]column, len(k.fields))
		for i, f := range k.fields {
			below := &k.columns[i]
			below.rows, below.selected = k, f
			switch {
			case f.bound == nil || f.bound.leaf != nil:
			case f.bound.child != nil:
				below.slots = make([]slot, 0, len(k.objs))
				for j, obj := range k.objs {
					x.must(below, j, x.place(below, f.bound.child(obj)))
				}
				x.descend(below)
			case f.bound.each != nil:
				below.spans = make([]int, 1, len(k.objs)+1)
				var list []any
				for j, obj := range k.objs {
					list = f.bound.each(list[:0], obj)
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
	await, err := f.bound.load(x.ctx, c.rows.objs, &Args{ctx: ctx, raw: f.field.ArgumentMap(x.op.Variables)}, f)
	if err != nil {
		await = func(int) (any, error) { return nil, err }
	}
	c.await = await
	x.waiting = append(x.waiting, c)
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

// Below returns the fields selected under a path of field names, whatever
// their aliases and fragments. Abstract types on the way are looked at in all
// their concrete forms.
func (s *Selected) Below(path ...string) []*Selected {
	found := []*Selected{s}
	for _, name := range path {
		var next []*Selected
		for _, f := range found {
			for _, below := range f.Fields() {
				if below.field.Name == name {
					next = append(next, below)
				}
			}
		}
		found = next
	}
	return found
}

// Fields returns the fields selected directly under s.
func (s *Selected) Fields() []*Selected {
	var fields []*Selected
	for _, o := range s.possible() {
		_, sel := s.on(o)
		fields = append(fields, sel.fields...)
	}
	return fields
}

// Name returns the field's name, not its alias.
func (s *Selected) Name() string { return s.field.Name }

func (s *Selected) possible() []*Object {
	if s.declared == nil {
		return nil
	}
	if o := s.registry.byName[s.declared.Name]; o != nil {
		return []*Object{o}
	}
	var objects []*Object
	for _, def := range s.registry.schema.PossibleTypes[s.declared.Name] {
		objects = append(objects, s.registry.byName[def.Name])
	}
	return objects
}

// Current returns the field that a resolver of gqlgen's executor is resolving,
// so that both ways of executing see selections alike.
func (r *Registry) Current(ctx context.Context) *Selected {
	fc := graphql.GetFieldContext(ctx)
	return &Selected{
		registry: r, op: graphql.GetOperationContext(ctx), field: fc.Field,
		declared: r.schema.Types[fc.Field.Definition.Type.Name()],
	}
}
