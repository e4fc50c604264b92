package store

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"github.com/lib/pq"
)

// errAddress is all that is said of an address that cannot be read: any part of
// it may be the password.
var errAddress = errors.New("it is neither a URL nor key=value pairs as PostgreSQL has them; characters such as @ / ? # % in a user or password of a URL are written as %40 %2F %3F %23 %25. It is not shown, since it may hold a password")

// hidden stands for what must not be shown.
const hidden = "***"

// CheckAddress says what is wrong with the address of a database, without a part
// of it.
func CheckAddress(dsn string) error {
	if _, err := pq.NewConfig(dsn); err != nil {
		return errAddress
	}
	if u, ok := addressURL(dsn); ok && u == nil {
		return errAddress
	}
	return nil
}

// addressURL reads an address that is a URL; ok is false for another. It is nil if
// the password may have become part of something else.
func addressURL(dsn string) (u *url.URL, ok bool) {
	if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") {
		return nil, false
	}
	u, err := url.Parse(dsn)
	if err != nil || u.Fragment != "" || strings.ContainsAny(u.Path+u.RawQuery, "@#") {
		return nil, true
	}
	return u, true
}

// secretPair is a pair of an address whose value is secret.
var secretPair = regexp.MustCompile(`(?i)(password)(\s*=\s*)('(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)*)`)

// MaskAddress returns the address of a database without its passwords; of one that
// cannot be read, nothing.
func MaskAddress(dsn string) string {
	if dsn == "" {
		return ""
	}
	if CheckAddress(dsn) != nil {
		return hidden
	}
	u, ok := addressURL(dsn)
	if !ok {
		return secretPair.ReplaceAllString(dsn, "$1$2"+hidden)
	}
	parts := strings.Split(u.RawQuery, "&")
	for i, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		if name, err := url.QueryUnescape(name); value != "" && (err != nil || secretPair.MatchString(name+"=")) {
			parts[i] = part[:strings.Index(part, "=")+1] + hidden
		}
	}
	masked := *u
	masked.RawQuery = strings.Join(parts, "&")
	if _, has := u.User.Password(); has {
		masked.User = nil
		rest := strings.TrimPrefix(masked.String(), u.Scheme+"://")
		return u.Scheme + "://" + url.User(u.User.Username()).String() + ":" + hidden + "@" + rest
	}
	return masked.String()
}
