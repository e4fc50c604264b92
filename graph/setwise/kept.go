package setwise

import (
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
)

// Collecting the fields of a document costs as much as writing its answer. The
// fields are the same in every run of a parsed document, as far as @skip and
// @include do not depend on variables, so they are kept.
const (
	// maxDocuments and maxNodes bound what is kept of all documents, maxTrees what
	// is kept of one: its fields with values of the variables that decide on some.
	maxDocuments = 500
	maxNodes     = 100_000
	maxTrees     = 16
)

// kept is the trees of documents that were run lately.
type kept struct {
	mu    sync.Mutex
	lru   *simplelru.LRU[*ast.OperationDefinition, *document]
	nodes int
}

// document is what is kept of an operation.
type document struct {
	// conditions names the variables that decide which fields there are.
	conditions []string
	trees      map[treeKey]*node
	nodes      int
}

// treeKey names a field by its first place in the document, and what the
// conditions were.
type treeKey struct {
	field      *ast.Field
	conditions string
}

func newKept() *kept {
	k := &kept{}
	// A positive size is no error.
	k.lru, _ = simplelru.NewLRU(maxDocuments, func(_ *ast.OperationDefinition, d *document) { k.nodes -= d.nodes })
	return k
}

// selected returns the tree of a field of an object. That of a root field is kept
// for the next run; what stands below other objects depends on their parents too.
func (r *Registry) selected(op *graphql.OperationContext, fc *graphql.FieldContext) *node {
	if !r.isRoot(fc.Object) {
		n, _ := r.tree(op, fc.Field)
		return n
	}
	d := r.kept.document(op)
	key := treeKey{fc.Field.Field, decided(d.conditions, op.Variables)}
	if n := r.kept.find(d, key); n != nil {
		return n
	}
	n, size := r.tree(op, fc.Field)
	r.kept.add(op.Operation, d, key, n, size)
	return n
}

func (k *kept) document(op *graphql.OperationContext) *document {
	k.mu.Lock()
	defer k.mu.Unlock()
	d, ok := k.lru.Get(op.Operation)
	if !ok {
		d = &document{conditions: conditions(op.Doc), trees: map[treeKey]*node{}}
		k.lru.Add(op.Operation, d)
	}
	return d
}

func (k *kept) find(d *document, key treeKey) *node {
	k.mu.Lock()
	defer k.mu.Unlock()
	return d.trees[key]
}

func (k *kept) add(of *ast.OperationDefinition, d *document, key treeKey, n *node, size int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now, ok := k.lru.Peek(of); !ok || now != d || len(d.trees) == maxTrees || d.trees[key] != nil {
		return
	}
	d.trees[key] = n
	d.nodes += size
	for k.nodes += size; k.nodes > maxNodes; {
		k.lru.RemoveOldest()
	}
}

// decided writes the values of variables that are booleans.
func decided(names []string, variables map[string]any) string {
	if len(names) == 0 {
		return ""
	}
	b := make([]byte, len(names))
	for i, name := range names {
		b[i] = '0'
		if variables[name] == true {
			b[i] = '1'
		}
	}
	return string(b)
}

// conditions returns the names of the variables in @skip and @include, each as
// often as it is used.
func conditions(doc *ast.QueryDocument) (names []string) {
	var walk func(ast.SelectionSet)
	note := func(directives ast.DirectiveList) {
		for _, d := range directives {
			if a := d.Arguments.ForName("if"); a != nil && a.Value.Kind == ast.Variable {
				names = append(names, a.Value.Raw)
			}
		}
	}
	walk = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				note(s.Directives)
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				note(s.Directives)
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				note(s.Directives)
			}
		}
	}
	for _, o := range doc.Operations {
		walk(o.SelectionSet)
	}
	for _, f := range doc.Fragments {
		walk(f.SelectionSet)
	}
	return names
}
