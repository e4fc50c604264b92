package documents

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// reloadEvery is how often a library looks at its directory, saveEvery how often
// it writes down what was used.
const (
	reloadEvery = 2 * time.Second
	saveEvery   = time.Minute
)

// Library is the trusted documents of a server, as its directory has them. It is
// safe for concurrent use.
type Library struct {
	dir, useFile string
	now          func() time.Time
	set          atomic.Pointer[Set]
	seen         []file // the directory when it was read last, well or not; Run's

	mu    sync.Mutex
	used  Use
	dirty bool
}

// Use is when documents were last used, by hash.
type Use map[string]time.Time

// Open reads the documents of the screens and of a directory, "" for none. Use
// is kept in a file, "" for memory only.
func Open(dir, useFile string, now func() time.Time) (*Library, error) {
	l := &Library{dir: dir, useFile: useFile, now: now, used: Use{}}
	if dir != "" {
		var err error
		if l.seen, err = manifests(dir); err != nil {
			return nil, err
		}
	}
	set, err := Load(dir)
	if err != nil {
		return nil, err
	}
	l.set.Store(&set)
	if useFile != "" {
		if l.used, err = ReadUse(useFile); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// ReadUse reads a file of use. One that is not there is empty.
func ReadUse(path string) (Use, error) {
	b, err := os.ReadFile(path) //nolint:gosec // whoever runs the server named the file
	if errors.Is(err, fs.ErrNotExist) {
		return Use{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the use of documents: %w", err)
	}
	use := Use{}
	if err := json.Unmarshal(b, &use); err != nil {
		return nil, fmt.Errorf("read the use of documents: %s: %w", path, err)
	}
	return use, nil
}

// All returns the documents of now.
func (l *Library) All() Set { return *l.set.Load() }

// Find returns the document that a hash identifies.
func (l *Library) Find(hash string) (Document, bool) {
	d, ok := l.All()[hash]
	return d, ok
}

// Has tells whether a hash is that of a trusted document.
func (l *Library) Has(hash string) bool {
	_, ok := l.Find(hash)
	return ok
}

// Used takes down that a document was run.
func (l *Library) Used(hash string) {
	now := l.now().UTC().Truncate(time.Hour) // finer is of no use, and would be written again and again
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.used[hash].Before(now) {
		l.used[hash] = now
		l.dirty = true
	}
}

// Run follows the directory and writes down what was used, until ctx ends.
func (l *Library) Run(ctx context.Context) {
	reload, save := time.NewTicker(reloadEvery), time.NewTicker(saveEvery)
	defer reload.Stop()
	defer save.Stop()
	for {
		select {
		case <-reload.C:
			l.reload(ctx)
		case <-save.C:
			l.save(ctx)
		case <-ctx.Done():
			l.save(ctx)
			return
		}
	}
}

// reload reads the directory if it changed. What is bad is named in the log, and
// the documents of before stay, all of them.
func (l *Library) reload(ctx context.Context) {
	if l.dir == "" {
		return
	}
	files, err := manifests(l.dir)
	if err == nil && slices.Equal(files, l.seen) {
		return
	}
	var set Set
	if err == nil {
		l.seen = files
		set, err = Load(l.dir)
	}
	if err != nil {
		slog.ErrorContext(ctx, "the documents are not read again; those of before stay", "err", err)
		return
	}
	l.set.Store(&set)
	slog.InfoContext(ctx, "documents were read", "documents", len(set), "files", len(files))
}

// save writes the use down, if it changed. A file that another process wrote
// meanwhile is not lost: of each document the later time counts.
func (l *Library) save(ctx context.Context) {
	if l.useFile == "" {
		return
	}
	l.mu.Lock()
	used, dirty := maps.Clone(l.used), l.dirty
	l.dirty = false
	l.mu.Unlock()
	if !dirty {
		return
	}
	if err := writeUse(l.useFile, used); err != nil {
		slog.ErrorContext(ctx, "the use of documents is not written down", "err", err)
		l.mu.Lock()
		l.dirty = true
		l.mu.Unlock()
	}
}

func writeUse(path string, used Use) error {
	before, err := ReadUse(path)
	if err != nil {
		return err
	}
	for hash, at := range before {
		if used[hash].Before(at) {
			used[hash] = at
		}
	}
	b, err := json.MarshalIndent(used, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
