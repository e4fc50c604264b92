package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// nodeDirectory holds the servers for Node and what they need, seen from the top
// of the repository.
const nodeDirectory = "bench/peers/node"

// installNode installs what the lock file names, unless that is done, and returns
// the path of node: that of the lock file where there is one for this machine,
// since PostGraphile needs a new one.
func installNode(ctx context.Context, progress io.Writer) (string, error) {
	if _, err := os.Stat(filepath.Join(nodeDirectory, "package.json")); err != nil {
		return "", fmt.Errorf("run it at the top of the repository: %w", err)
	}
	lock, err := os.Stat(filepath.Join(nodeDirectory, "package-lock.json"))
	if err != nil {
		return "", err
	}
	installed, err := os.Stat(filepath.Join(nodeDirectory, "node_modules", ".package-lock.json"))
	if err != nil || installed.ModTime().Before(lock.ModTime()) {
		if _, err := exec.LookPath("npm"); err != nil {
			return "", errors.New("npm is not installed, which brings what is compared with: https://nodejs.org")
		}
		_, _ = fmt.Fprintln(progress, "installing PostGraphile and GraphQL Yoga") // nobody can be told otherwise
		if err := command(ctx, progress, nodeDirectory, "npm", "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"); err != nil {
			return "", err
		}
	}
	architecture := strings.Replace(runtime.GOARCH, "amd64", "x64", 1)
	node := filepath.Join(nodeDirectory, "node_modules", "node-"+runtime.GOOS+"-"+architecture, "bin", "node")
	if _, err := os.Stat(node); err != nil {
		if node, err = exec.LookPath("node"); err != nil {
			return "", errors.New("node is not installed; version 22 or newer is needed: https://nodejs.org")
		}
	}
	return filepath.Abs(node)
}
