package live

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
)

// logPanic keeps what a panic in a goroutine of ours said.
func logPanic(ctx context.Context, p any) {
	slog.ErrorContext(ctx, "panic", "value", fmt.Sprint(p), "stack", string(debug.Stack()))
}
