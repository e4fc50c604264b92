//go:build !linux

package load

import (
	"os"
	"strings"
	"testing"
)

// TestWatchElsewhere says why nothing can be measured.
func TestWatchElsewhere(t *testing.T) {
	if _, err := WatchProcess(os.Getpid()); err == nil || !strings.Contains(err.Error(), "Linux") {
		t.Errorf("elsewhere than on Linux it says %v", err)
	}
}
