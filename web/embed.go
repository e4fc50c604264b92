// Package web is the built interfaces, as the program serves them. They are
// committed, so that building the program needs no Node; README.md says how they
// are made.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// App is the files of the Ads Manager, text as gzip with the suffix .gz.
func App() fs.FS { return sub("dist/app") }

// Playground is the files of the playground, in the same form.
func Playground() fs.FS { return sub("dist/playground") }

func sub(dir string) fs.FS {
	files, err := fs.Sub(dist, dir)
	if err != nil {
		panic(err) // the name is a constant
	}
	return files
}
