//go:build !linux

package devpg

import "syscall"

// dieWithParent does nothing: this system cannot, and the next start stops a
// server that was left behind.
func dieWithParent(*syscall.SysProcAttr, syscall.Signal) {}
