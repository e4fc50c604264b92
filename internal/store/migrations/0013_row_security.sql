-- +goose Up
-- Policies are those of whoever asks, also behind a view; see fence.go, which makes them.
ALTER VIEW keyword_day SET (security_invoker = true);
