//go:build tools

// Package tools pins the programs that generate code.
package tools

import _ "github.com/99designs/gqlgen"
