package graph

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// token is a plan as a client keeps it: patches, each bound to the version that it
// was made from. It gives no right that its bearer does not have: whoever applies it
// must be allowed to make the change, so nothing needs to be signed.
type token struct {
	Advertiser int64
	Level      ads.Level
	Ends       time.Time
	IsUndo     bool
	Patches    []ads.Patch
}

// planLife and undoLife are how long tokens hold.
const (
	planLife = 15 * time.Minute
	undoLife = 24 * time.Hour
)

// maxToken is the most bytes of a token, unpacked.
const maxToken = 4 << 20

const checksum = 8 // bytes of the hash of a token that stand before it

// pack writes a token.
func (t *token) pack() (string, error) {
	text, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("write a plan: %w", err)
	}
	sum := sha256.Sum256(text)
	packed := bytes.NewBuffer(sum[:checksum])
	w, err := flate.NewWriter(packed, flate.BestSpeed)
	if err != nil {
		return "", fmt.Errorf("write a plan: %w", err)
	}
	_, err = w.Write(text)
	if err == nil {
		err = w.Close()
	}
	return base64.RawURLEncoding.EncodeToString(packed.Bytes()), err
}

// unpack reads a token; false if it is none: if it holds more than an update could
// take, or another end than tokens have.
func unpack(packed string, now time.Time) (t token, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(packed)
	if err != nil || len(b) < checksum {
		return t, false
	}
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b[checksum:])), maxToken))
	if err != nil {
		return t, false
	}
	var written struct {
		token
		Patches patchList
	}
	sum := sha256.Sum256(text)
	if !bytes.Equal(sum[:checksum], b[:checksum]) || json.Unmarshal(text, &written) != nil {
		return t, false
	}
	t = written.token
	t.Patches = written.Patches
	life := planLife
	if t.IsUndo {
		life = undoLife
	}
	if len(t.Patches) == 0 || t.Ends.After(now.Add(life)) || !slices.Contains([]ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd}, t.Level) {
		return t, false
	}
	return t, !slices.ContainsFunc(t.Patches, func(p ads.Patch) bool { return !p.Fits(t.Level) })
}

// patchList reads no more patches than an update takes, whatever the text is.
type patchList []ads.Patch

// UnmarshalJSON reads a list.
func (l *patchList) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if start, err := d.Token(); err != nil || start != json.Delim('[') {
		return errors.New("no list of changes")
	}
	for d.More() {
		if len(*l) >= store.MaxPatches {
			return errors.New("too many changes")
		}
		var p ads.Patch
		if err := d.Decode(&p); err != nil {
			return err
		}
		*l = append(*l, p)
	}
	return nil
}

// undoToken packs what takes a change back, nil if there is nothing to take back.
func undoToken(a *ads.Advertiser, level ads.Level, patches []ads.Patch, now time.Time) (*string, error) {
	if len(patches) == 0 {
		return nil, nil
	}
	packed, err := (&token{Advertiser: a.ID, Level: level, Ends: now.Add(undoLife).UTC().Truncate(time.Second), IsUndo: true, Patches: patches}).pack()
	return &packed, err
}
