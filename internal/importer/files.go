package importer

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// survey finds the files of the paths and what each of them is, in the order in
// which they are to be read.
func survey(o *Options) ([]*layout, error) {
	mappings := []*Mapping{o.Mapping}
	if o.Mapping == nil {
		all, err := Mappings()
		if err != nil {
			return nil, err
		}
		mappings = mappings[:0]
		for _, name := range slices.Sorted(maps.Keys(all)) {
			mappings = append(mappings, all[name])
		}
	}
	var files []*layout
	for _, path := range o.Paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, &FileError{KindUnreadable, path, err.Error()}
		}
		found := []string{path}
		if info.IsDir() {
			if found, err = tables(path); err != nil {
				return nil, err
			}
		}
		for _, name := range found {
			l, err := recognize(name, mappings, o)
			if err != nil {
				return nil, err
			}
			files = append(files, l)
		}
	}
	if len(files) == 0 {
		return nil, &FileError{KindUnknown, strings.Join(o.Paths, ", "), "there is no .csv, .tsv or .txt file, nor one of these with .gz"}
	}
	sortFiles(files)
	return files, nil
}

// tables returns the files below a directory that may be tables, by name.
func tables(dir string) (found []string, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return &FileError{KindUnreadable, path, err.Error()}
		}
		switch filepath.Ext(strings.TrimSuffix(strings.ToLower(path), ".gz")) {
		case ".csv", ".tsv", ".txt":
			if !entry.IsDir() {
				found = append(found, path)
			}
		}
		return nil
	})
	return found, err
}
