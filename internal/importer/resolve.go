package importer

import (
	"fmt"
	"strings"

	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// idBlock is how many ids are asked for at once.
const idBlock = 500

// newID returns an id for a new object.
func (in *session) newID(l level) (int64, error) {
	if len(in.ids[l]) == 0 {
		n := idBlock
		if l == advertiser {
			n = 1
		}
		ids, err := in.im.NewIDs(in.context, l.stored(), n)
		if err != nil {
			return 0, err
		}
		in.ids[l] = ids
	}
	id := in.ids[l][0]
	in.ids[l] = in.ids[l][1:]
	return id, nil
}

// accountOf finds the account that a record is about, and checks its currency.
func (in *session) accountOf(l *layout, record []string) (*account, Reject, error) {
	external := in.row.ids[advertiser]
	source := l.mapping.Source
	a := in.latest
	if a == nil || a.external != external || a.source != source {
		if external == "" {
			if a = in.search(source); a == nil {
				if l.at[fAdvertiserID] < 0 {
					return nil, Reject{}, &FileError{KindNoAccount, l.path, "no column says whose numbers these are; give --account"}
				}
				return nil, refused(fAdvertiserID, "", errMissing), nil
			}
		} else {
			var err error
			if a, err = in.account(source, external); err != nil {
				return nil, Reject{}, err
			}
		}
		in.latest = a
	}
	currency := l.currency
	if i := l.at[fCurrency]; i >= 0 && !absent(trim(record[i])) {
		if currency = strings.ToUpper(trim(record[i])); !IsCurrency(currency) {
			return nil, refused(fCurrency, record[i], errCurrency), nil
		}
	}
	switch {
	case currency == "" || currency == a.currency:
	case a.currency == "":
		a.currency = strings.Clone(currency)
	default:
		return nil, Reject{}, &FileError{KindCurrency, l.path, fmt.Sprintf("the account %s is in %s, and here are amounts in %s", a.external, a.currency, currency)}
	}
	return a, Reject{}, nil
}

// search finds the account of a record that names only objects in it.
func (in *session) search(source string) *account {
	for v := campaign; v <= ad; v++ {
		id := in.row.ids[v]
		if id == "" {
			continue
		}
		for _, a := range in.accounts {
			if a.source == source && a.byLevel[v][id] != nil {
				return a
			}
		}
	}
	return nil
}

// account returns the account of an id, with what is known of it.
func (in *session) account(source, external string) (*account, error) {
	key := source + "\x00" + external
	if a := in.accounts[key]; a != nil {
		return a, nil
	}
	a := &account{source: source, standIns: map[standIn]*object{}}
	a.object = object{level: advertiser, external: strings.Clone(external)}
	for v := range a.byLevel {
		a.byLevel[v] = map[string]*object{}
	}
	in.accounts[strings.Clone(key)] = a
	known, err := in.im.Account(in.context, source, external)
	if err != nil {
		return nil, err
	}
	if known == nil {
		a.isNew, a.object.isNew = true, true
		a.currency, a.timeZone = in.options.Currency, in.options.TimeZone
		if a.id, err = in.newID(advertiser); err != nil {
			return nil, err
		}
		return a, nil
	}
	a.id, a.stored, a.currency, a.timeZone = known.ID, known.Version, known.Currency, known.TimeZone
	if in.options.Currency != "" && in.options.Currency != a.currency {
		return nil, &FileError{KindCurrency, external, fmt.Sprintf("the account is in %s, and --currency says %s", a.currency, in.options.Currency)}
	}
	a.know(known.Objects)
	return a, nil
}

// know takes over the objects that the database holds.
func (a *account) know(objects []store.ImportedObject) {
	byID := map[ads.Level]map[int64]*object{}
	for _, known := range objects {
		o := &object{level: levelStored(known.Level), external: known.ExternalID, id: known.ID, stored: known.Version}
		if byID[known.Level] == nil {
			byID[known.Level] = map[int64]*object{}
		}
		byID[known.Level][known.ID] = o
		if known.StandsFor != "" {
			o.standsIn, o.of = true, levelStored(ads.Level(known.StandsFor))
			a.standIns[standIn{o.level, o.of, o.external}] = o
			continue
		}
		a.byLevel[o.level][o.external] = o
	}
	for _, known := range objects {
		o := byID[known.Level][known.ID]
		switch o.level {
		case adGroup:
			o.parent = byID[ads.LevelCampaign][known.ParentID]
		case ad:
			o.parent, o.pin = byID[ads.LevelAdGroup][known.ParentID], byID[ads.LevelPin][known.PinID]
		default:
		}
	}
}

// chain returns the object of a level that the record names, below those that it
// names above it. What files do not describe is made up.
func (in *session) chain(a *account, l level) (*object, Reject, error) {
	if l == advertiser {
		return nil, Reject{}, nil
	}
	external := in.row.ids[l]
	if external == "" {
		return nil, refused(l.id(), "", errMissing), nil
	}
	if o := a.byLevel[l][external]; o != nil {
		for p := o.parent; p != nil; p = p.parent {
			if named := in.row.ids[p.level]; named != "" && named != p.external && !p.standsIn {
				return nil, refused(p.level.id(), named, fmt.Errorf("is not what the %s %q belongs to, which is %q", l.words(), external, p.external)), nil
			}
		}
		return o, Reject{}, nil
	}
	var parent *object
	if l > campaign {
		var reject Reject
		var err error
		above := l - 1
		for above > advertiser && in.row.ids[above] == "" {
			above--
		}
		if parent, reject, err = in.chain(a, above); err != nil || reject.Reason != "" {
			return nil, reject, err
		}
		if parent == nil {
			parent = &a.object
		}
		if parent.level < l-1 {
			if parent, err = in.standIn(a, parent, l-1); err != nil {
				return nil, Reject{}, err
			}
		}
	}
	o, err := in.create(l, external, parent)
	if err != nil {
		return nil, Reject{}, err
	}
	a.byLevel[l][o.external] = o
	return o, Reject{}, nil
}

func (in *session) create(l level, external string, parent *object) (*object, error) {
	id, err := in.newID(l)
	if err != nil {
		return nil, err
	}
	return &object{level: l, external: strings.Clone(external), id: id, isNew: true, parent: parent}, nil
}

// standIn returns what holds numbers of an object at a finer level than they are
// known at, down to that level.
func (in *session) standIn(a *account, of *object, to level) (*object, error) {
	parent := of
	if of.level == advertiser {
		parent = nil
	}
	for l := of.level + 1; l <= to; l++ {
		if of.standsIn {
			return in.below(a, of, to)
		}
		key := standIn{l, of.level, of.external}
		o := a.standIns[key]
		if o == nil {
			var err error
			if o, err = in.create(l, of.external, parent); err != nil {
				return nil, err
			}
			o.standsIn, o.of = true, of.level
			a.standIns[key] = o
		}
		parent = o
	}
	return parent, nil
}

// below goes down from an object that stands in for another.
func (in *session) below(a *account, o *object, to level) (*object, error) {
	for l := o.level + 1; l <= to; l++ {
		key := standIn{l, o.of, o.external}
		next := a.standIns[key]
		if next == nil {
			var err error
			if next, err = in.create(l, o.external, o); err != nil {
				return nil, err
			}
			next.standsIn, next.of = true, o.of
			a.standIns[key] = next
		}
		o = next
	}
	return o, nil
}
