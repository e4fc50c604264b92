package loader

import (
	"slices"
	"sync"
)

// Trace notes down the batches of an operation, for who wants it explained.
type Trace struct {
	mu      sync.Mutex
	batches []Batch
	waiting map[traced]*Batch // for their flush
	asks    int
}

// traced is a loader of the loaders of one root field.
type traced struct {
	of   *Loaders
	name string
}

// Batch is one call of a loader's batch function.
type Batch struct {
	// Loader names the loader.
	Loader string
	// Fields are the paths of the fields that asked, each once.
	Fields []string
	// Asked is how often something was asked for, and Keys how many different things
	// were read. What was asked for twice came from the loader's cache.
	Asked, Keys int
}

// Batches returns what was noted down so far, in the order in which the batches
// began. The number of a batch, see store.WithBatch, is its place counted from 1.
func (t *Trace) Batches() []Batch {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.batches)
}

// Hits returns how often something was asked for that had been before.
func (t *Trace) Hits() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	hits := t.asks
	for _, b := range t.batches {
		hits -= b.Keys
	}
	return hits
}

// asked notes down that a field asks a loader for a key.
func (t *Trace) asked(of *Loaders, loader string, key any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := t.waiting[traced{of, loader}]
	if b == nil {
		b = &Batch{}
		if t.waiting == nil {
			t.waiting = map[traced]*Batch{}
		}
		t.waiting[traced{of, loader}] = b
	}
	n := 1
	if level, ok := key.(*Level); ok { // one key for all lists of a level
		n = len(level.Keys)
	}
	b.Asked += n
	b.Keys += n - 1
	t.asks += n
	if !slices.Contains(b.Fields, of.field) {
		b.Fields = append(b.Fields, of.field)
	}
}

// began notes down that a batch of so many keys is read, and returns its number.
func (t *Trace) began(of *Loaders, loader string, keys int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := Batch{Loader: loader, Keys: keys}
	if w := t.waiting[traced{of, loader}]; w != nil {
		b.Fields, b.Asked, b.Keys = w.Fields, w.Asked, w.Keys+keys
		delete(t.waiting, traced{of, loader})
	}
	t.batches = append(t.batches, b)
	return len(t.batches)
}

// Asking returns a function that is to be told which field asks from now on, by its
// path; nil if nobody wants to know. A level of the answer is asked for by one
// goroutine.
func (l *Loaders) Asking() func(field string) {
	if l.trace == nil {
		return nil
	}
	return func(field string) { l.field = field }
}
