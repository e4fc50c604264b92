package graph

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"adsgraph/internal/observe"
)

// cache keeps what was used last, within a number of bytes. It is safe for
// concurrent use.
type cache[T any] struct {
	name string // in metrics
	size func(key string, value T) int

	mu    sync.Mutex
	lru   *simplelru.LRU[string, T]
	bytes int // of all that is kept
	most  int
}

// newCache returns a cache of at most so many bytes, by what size says. Metrics
// call it by the name.
func newCache[T any](name string, most int, size func(key string, value T) int) *cache[T] {
	c := &cache[T]{name: name, size: size, most: most}
	// The number of entries is not what bounds it; a positive one is no error.
	c.lru, _ = simplelru.NewLRU(most, func(key string, value T) { c.bytes -= size(key, value) })
	return c
}

// Get returns what was kept.
func (c *cache[T]) Get(ctx context.Context, key string) (T, bool) {
	c.mu.Lock()
	value, ok := c.lru.Get(key)
	c.mu.Unlock()
	observe.MetricsFrom(ctx).CacheAsked(c.name, ok)
	return value, ok
}

// has tells whether something is kept, and does not count as its use.
func (c *cache[T]) has(key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lru.Contains(key)
}

// Add keeps something, unless it is larger than a tenth of what may be kept.
func (c *cache[T]) Add(_ context.Context, key string, value T) {
	n := c.size(key, value)
	if n > c.most/10 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lru.Remove(key)
	c.lru.Add(key, value)
	for c.bytes += n; c.bytes > c.most; {
		c.lru.RemoveOldest()
	}
}
