package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
)

// advertiserColumns is what every read of an advertiser brings, freshness
// included: nothing below an advertiser can be shown without it.
const advertiserColumns = `a.id, a.name, a.country, a.currency, a.time_zone, a.status, a.created_at, a.updated_at,
  fd.data_as_of, fd.final_through::text, fc.final_through::text, mb.roles`

// advertiserJoins needs mb, the roles of the viewer by advertiser, beside a.
const advertiserJoins = `
LEFT JOIN freshness AS fd ON fd.advertiser_id = a.id AND fd.family = 'DELIVERY'
LEFT JOIN freshness AS fc ON fc.advertiser_id = a.id AND fc.family = 'CONVERSION'`

// The advertisers are named again for freshness, which a cluster splits by them: it
// finds the nodes by what is written beside the table.
const advertisersByID = `-- name: AdvertiserByID
SELECT ` + advertiserColumns + `
FROM unnest($1::bigint[]) AS k (id)
CROSS JOIN LATERAL (
  SELECT array_agg(b.role) AS roles FROM member AS b
  WHERE b.advertiser_id = k.id AND b.user_id = $2
) AS mb
JOIN advertiser AS a ON a.id = k.id
LEFT JOIN freshness AS fd ON fd.advertiser_id = a.id AND fd.advertiser_id = ANY($1) AND fd.family = 'DELIVERY'
LEFT JOIN freshness AS fc ON fc.advertiser_id = a.id AND fc.advertiser_id = ANY($1) AND fc.family = 'CONVERSION'
WHERE mb.roles IS NOT NULL`

// Advertisers returns those of the given advertisers that a user is a member
// of. Whatever is read below an advertiser needs one from here, so this is
// where access is decided.
func (s *Store) Advertisers(ctx context.Context, user int64, ids []int64) (map[int64]*ads.Advertiser, error) {
	found := make(map[int64]*ads.Advertiser, len(ids))
	err := s.each(ctx, statement{advertisersByID, []any{pq.Array(ids), user}, fence{viewer: user}}, func(rows *sqlx.Rows) error {
		a := &ads.Advertiser{}
		if err := rows.Scan(advertiserDest(a)...); err != nil {
			return err
		}
		if err := complete(a, user); err != nil {
			return err
		}
		found[a.ID] = a
		return nil
	})
	if planning(ctx) {
		for _, id := range ids {
			found[id] = sampleAdvertiser(id, user)
		}
	}
	return found, err
}

func advertiserDest(a *ads.Advertiser) []any {
	return []any{
		&a.ID, &a.Name, &a.Country, &a.Currency, &a.TimeZone, &a.Status, &a.CreatedAt, &a.UpdatedAt,
		&a.Freshness.DataAsOf, &a.Freshness.DeliveryFinalThrough, &a.Freshness.ConversionsFinalThrough, &roles{&a.ViewerRoles},
	}
}

// roles reads a text[] of roles.
type roles struct{ to *[]ads.Role }

// Scan is called by database/sql.
func (r *roles) Scan(src any) error {
	var names pq.StringArray
	if err := names.Scan(src); err != nil {
		return err
	}
	*r.to = make([]ads.Role, len(names))
	for i, n := range names {
		(*r.to)[i] = ads.Role(n)
	}
	slices.SortFunc(*r.to, ads.CompareRoles)
	return nil
}

// zones keeps loaded time zones: there are some hundreds, read from files.
var zones sync.Map //nolint:gochecknoglobals // a cache of constants

// complete works out what is not stored of an advertiser that was read for a
// user.
func complete(a *ads.Advertiser, user int64) error {
	a.ViewerID = user
	a.CreatedAt, a.UpdatedAt, a.Freshness.DataAsOf = a.CreatedAt.UTC(), a.UpdatedAt.UTC(), utc(a.Freshness.DataAsOf)
	zone, err := loadZone(a.TimeZone)
	if err != nil {
		return errors.Join(fault.New(fault.Unsupported, "This server does not know the time zone %q of the account %q, so it cannot cut its days.", a.TimeZone, a.Name), err)
	}
	a.Zone = zone
	return nil
}

// loadZone returns a time zone by its name, from memory after the first time.
func loadZone(name string) (*time.Location, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), nil
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, z)
	}
	return z, err
}

const userByID = `-- name: UserByID
SELECT name, email
FROM app_user
WHERE id = $1`

// User returns a person's name and e-mail address.
func (s *Store) User(ctx context.Context, id int64) (name, email string, err error) {
	found := false
	err = s.each(ctx, statement{userByID, []any{id}, fence{viewer: id}}, func(rows *sqlx.Rows) error {
		found = true
		return rows.Scan(&name, &email)
	})
	if err == nil && !found && !planning(ctx) {
		err = fault.New(fault.Unauthenticated, "The account that signed in does not exist any more.")
	}
	return name, email, err
}

const memberOf = `-- name: AdvertiserMember
SELECT b.user_id
FROM member AS b
WHERE b.advertiser_id = $1
ORDER BY b.role <> 'OWNER', b.user_id
LIMIT 1`

// Member returns a user who is a member of an advertiser, its owner if it has
// one. It is for commands that whoever may read the whole database runs, and
// that read as somebody all the same.
func (s *Store) Member(ctx context.Context, advertiser int64) (user int64, err error) {
	err = s.each(ctx, statement{memberOf, []any{advertiser}, fence{advertisers: []int64{advertiser}}}, func(rows *sqlx.Rows) error { return rows.Scan(&user) })
	if err == nil && user == 0 {
		err = fault.New(fault.NotFound, "There is no advertiser %d, or it has no members.", advertiser)
	}
	return user, err
}

// AdvertiserList asks for a page of a user's advertisers. Windows gives the
// window by what "today" is for the advertiser; it is empty when no numbers
// are asked for.
type AdvertiserList struct {
	User           int64
	Now            time.Time // decides what today is
	Search         string
	Order          Order
	First          int
	After          string
	Page, Count    bool
	Windows        map[ads.Day]metrics.Window
	Current, Prior metrics.Set
}

// Check reports what is wrong with a request whoever asks.
func (l *AdvertiserList) Check(hasReport, compares bool) error {
	return check(l.First, l.Order, nil, hasReport, compares)
}

// identity is the hash that cursors of this list carry.
func (l *AdvertiserList) identity() uint64 {
	h := newHash.num(l.User).str(l.Search).order(l.Order)
	if l.Order.Metric != "" {
		for _, d := range slices.Sorted(maps.Keys(l.Windows)) {
			h = h.str(string(d)).window(l.Windows[d])
		}
	}
	return uint64(h)
}

// attribution returns the attribution of the windows, which share one.
func (l *AdvertiserList) attribution() metrics.Attribution {
	for _, w := range l.Windows {
		return w.Attribution
	}
	return metrics.DefaultAttribution()
}

func (l *AdvertiserList) ordering() ordering {
	if l.Order.Metric != "" {
		o := l.Order.byMetric()
		o.nullable = true // for those whose numbers the viewer may not see
		return o
	}
	if l.Order.Field == "ID" {
		return ordering{expr: "a.id", kind: sortInt, descending: l.Order.Descending}
	}
	return ordering{expr: "lower(a.name)", kind: sortText, descending: l.Order.Descending}
}

// AdvertiserListing returns a page of a user's advertisers with the numbers of
// each in its own time zone and currency, and how many there are. Pages in the
// order of a metric are read at one data version; see accountVersion.
func (s *Store) AdvertiserListing(ctx context.Context, l *AdvertiserList) (*Listing, error) {
	o, identity := l.ordering(), l.identity()
	var after Position
	if l.After != "" {
		var err error
		if after, err = parsePosition(l.After, identity, o.kind, o.metric != nil); err != nil {
			return nil, err
		}
	}
	b := &builder{fence: fence{viewer: l.User}}
	user := b.arg(l.User)
	search := ""
	if l.Search != "" {
		search = "strpos(lower(a.name), lower(" + b.arg(l.Search) + "::text)) > 0"
		if ref, err := ads.ParseRef(l.Search); err == nil && ref.Level == ads.LevelAdvertiser {
			search += " OR a.id = " + b.arg(ref.ID)
		}
		search = "\n  WHERE " + search
	}
	b.add("WITH f AS (\n  SELECT a.id, mb.roles, ")
	days, joinAll, version, sortValue := "", "", "", o.expr
	if o.metric != nil || l.Current|l.Prior != 0 {
		days = l.windows(b)
	}
	if o.metric != nil { // sorting needs everybody's numbers
		if after.Version > 0 {
			version = b.arg(after.Version) + "::bigint"
		}
		current, prior := l.Order.bases()
		joinAll = days + advertiserNumbers(b, l.attribution(), version, current, prior)
		sortValue = o.value(func(base metrics.Base) string { return "m." + cell("c", base) }, func(base metrics.Base) string { return "m." + cell("p", base) })
		// Whose numbers the viewer may not see, comes last: the place would tell them.
		sortValue = "CASE WHEN mb.roles && " + b.arg(pq.Array(ads.ViewCampaigns.Roles())) + "::text[] THEN " + sortValue + " END"
	}
	b.add(sortValue, " AS s\n  FROM (SELECT b.advertiser_id, array_agg(b.role) AS roles FROM member AS b WHERE b.user_id = ", user, " GROUP BY b.advertiser_id) AS mb",
		"\n  JOIN advertiser AS a ON a.id = mb.advertiser_id", joinAll, search, "\n)\n")
	union := ""                                     // between parts
	without := func(part, count, id, from string) { // a row that is not an advertiser
		b.add(union)
		union = "\nUNION ALL\n"
		b.add("SELECT ", part, " AS part, ", count, " AS n, ", id, ", '', '', '', 'UTC', '', now(), now(), NULL::timestamptz, NULL::text, NULL::text, NULL::text[]")
		for range len(l.Current.Bases()) + len(l.Prior.Bases()) {
			b.add(", 0::bigint")
		}
		b.add(", NULL::", o.kind.sqlType(), "\nFROM ", from)
	}
	if l.Count {
		without("0", "count(*)", "0::bigint", "f")
	}
	if o.metric != nil {
		check, id, from := accountVersion(user, version)
		without("2", check, id, from)
	}
	if l.Page {
		b.add(union, "(SELECT 1, 0::bigint, ", advertiserColumns)
		for _, base := range l.Current.Bases() {
			b.add(", m.", cell("c", base))
		}
		for _, base := range l.Prior.Bases() {
			b.add(", m.", cell("p", base))
		}
		b.add(", mb.s\nFROM (\n  SELECT f.* FROM f")
		if l.After != "" {
			b.add("\n  WHERE ", o.after(b, after))
		}
		b.add("\n  ORDER BY ", o.by(""), "\n  LIMIT ", strconv.Itoa(l.First+1), "\n) AS mb\nJOIN advertiser AS a ON a.id = mb.id", advertiserJoins)
		if l.Current|l.Prior != 0 {
			b.add(days, advertiserNumbers(b, l.attribution(), version, l.Current, l.Prior))
		}
		b.add("\nORDER BY ", o.by("mb."), ")")
	}
	return s.readAdvertisers(ctx, b.statement("AdvertiserList"), l, o, identity, after)
}

// accountVersion selects the version that a page over several advertisers is
// read at: the newest of any, or that of the cursor, in the place of an id; -1
// if one of the advertisers can no longer be read at it.
//
// A load may have begun before the first page and ended after it, with an
// earlier version: the first page did not see it, later ones would. The check
// is a sum over who had which version, and so differs then.
func accountVersion(user, version string) (check, id, from string) {
	until := ""
	id = "coalesce(max(v.version), 1)"
	if version != "" {
		until = " AND o.version <= " + version
		id = "CASE WHEN bool_or(v.oldest > " + version + ") THEN -1 ELSE " + version + " END"
	}
	check = "coalesce((sum(v.id::numeric * v.version) % 9223372036854775783)::bigint, 0)"
	from = `(
  SELECT a.id, coalesce((SELECT o.oldest FROM data_version AS o WHERE o.advertiser_id = a.id), 1) AS oldest,
    coalesce((SELECT max(o.version) FROM data_load AS o WHERE o.advertiser_id = a.id` + until + `), 1) AS version
  FROM advertiser AS a
  WHERE EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = a.id AND b.user_id = ` + user + `)
) AS v`
	return check, id, from
}

// windows joins the window of advertiser a's today as w. Somewhere on earth it
// is yesterday or tomorrow, so there are three of them.
func (l *AdvertiserList) windows(b *builder) string {
	var today, from, to, priorFrom, priorTo []string
	for _, d := range slices.Sorted(maps.Keys(l.Windows)) {
		w := l.Windows[d]
		today, from, to = append(today, string(d)), append(from, string(w.From)), append(to, string(w.To))
		if w.Compares() {
			priorFrom, priorTo = append(priorFrom, string(w.Previous.From)), append(priorTo, string(w.Previous.To))
		} else {
			priorFrom, priorTo = append(priorFrom, string(w.From)), append(priorTo, string(w.From))
		}
	}
	arrays := make([]string, 0, 5)
	for _, a := range [][]string{today, from, to, priorFrom, priorTo} {
		arrays = append(arrays, b.arg(pq.Array(a))+"::date[]")
	}
	return "\nJOIN unnest(" + strings.Join(arrays, ", ") + ") AS w (today, since, until, prior_since, prior_until)\n  ON w.today = (" +
		b.arg(l.Now) + "::timestamptz AT TIME ZONE a.time_zone)::date"
}

// advertiserNumbers joins the measures of an advertiser over window w as m.
func advertiserNumbers(b *builder, at metrics.Attribution, version string, current, prior metrics.Set) string {
	var s strings.Builder
	s.WriteString("\nCROSS JOIN LATERAL (\n  SELECT count(*) AS n")
	add := func(base metrics.Base, prefix, since, until string) {
		if base == metrics.People {
			of := func(r string) string {
				return r + ".advertiser_id = a.id AND " + r + ".level = 'ADVERTISER' AND " + r + ".entity_id = a.id AND " + r + ".as_of = w." + until +
					" AND " + r + ".window_days = w." + until + " - w." + since + " + 1"
			}
			s.WriteString(", (SELECT coalesce(max(r.people), " + strconv.Itoa(metrics.Unknown) + ") FROM reach AS r WHERE " + of("r") + ")")
			if version != "" {
				s.WriteString(" + (SELECT coalesce(sum(u.people), 0)::bigint FROM reach_undo AS u WHERE " + of("u") + " AND u.version > " + version + ")")
			}
			s.WriteString(" AS " + cell(prefix, base))
			return
		}
		s.WriteString(", coalesce(sum(y." + metrics.DayColumns[base] + ") FILTER (WHERE y.day BETWEEN w." + since + " AND w." + until + "), 0)::bigint AS " + cell(prefix, base))
	}
	for _, base := range current.Bases() {
		add(base, "c", "since", "until")
	}
	for _, base := range prior.Bases() {
		add(base, "p", "prior_since", "prior_until")
	}
	rows := dayRows{b: b, advertiser: "a.id", table: "advertiser_day", idColumn: "advertiser_id", measures: current | prior, attribution: at, version: version}
	s.WriteString("\n  FROM " + rows.source() + " AS y\n  WHERE y.advertiser_id = a.id AND (y.day BETWEEN w.since AND w.until")
	if prior != 0 {
		s.WriteString(" OR y.day BETWEEN w.prior_since AND w.prior_until")
	}
	s.WriteString(")\n) AS m")
	return s.String()
}

func (s *Store) readAdvertisers(ctx context.Context, q statement, l *AdvertiserList, o ordering, identity uint64, after Position) (*Listing, error) {
	result := &Listing{}
	if !l.Page && !l.Count {
		return result, nil
	}
	var (
		part           int
		sort           sortCell
		version, check int64
	)
	cells := make([]int64, len(l.Current.Bases())+len(l.Prior.Bases()))
	err := s.each(ctx, q, func(rows *sqlx.Rows) error {
		a, count := &ads.Advertiser{}, int64(0)
		dest := append([]any{&part, &count}, advertiserDest(a)...)
		for i := range cells {
			dest = append(dest, &cells[i])
		}
		dest = append(dest, sort.dest(o.kind))
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		switch part {
		case 0:
			result.Count = int(count)
			return nil
		case 2:
			version, check = a.ID, count
			return nil
		}
		if len(result.Rows) == l.First {
			result.HasNext = true
			return nil
		}
		if err := complete(a, l.User); err != nil {
			return err
		}
		row := Row{Entity: a, Position: sort.position(identity, a.ID)}
		if l.Windows != nil {
			sums, n := append([]int64(nil), cells...), len(l.Current.Bases())
			w := l.Windows[ads.DayOf(l.Now, a.Zone)]
			row.Metrics = &metrics.Report{
				Advertiser: a, Window: w, Level: ads.LevelAdvertiser, ID: a.ID,
				Total:    metrics.Values{Frame: metrics.NewFrame(l.Current, a.Currency).Of(ads.LevelAdvertiser, w.Range), Sums: sums[:n:n]},
				Previous: metrics.Values{Frame: metrics.NewFrame(l.Prior, a.Currency).Of(ads.LevelAdvertiser, w.Previous), Sums: sums[n:]},
			}
		}
		result.Rows = append(result.Rows, row)
		return nil
	})
	if planning(ctx) && l.Page {
		a := sampleAdvertiser(1, l.User)
		result.Rows = []Row{{Entity: a, Metrics: &metrics.Report{
			Advertiser: a, Window: l.Windows[ads.DayOf(l.Now, a.Zone)], Level: ads.LevelAdvertiser, ID: a.ID,
			Total: metrics.NewFrame(l.Current, a.Currency).Zero(), Previous: metrics.NewFrame(l.Prior, a.Currency).Zero(),
		}}}
	}
	if err == nil && after.Version > 0 && (version < 0 || check != after.Check) {
		if onPrimary(ctx) {
			return s.readAdvertisers(ctx, q, l, o, identity, after)
		}
		err = expired()
	}
	result.pin(version)
	for i := range result.Rows {
		result.Rows[i].Position.Check = check
	}
	return result, err
}

// DataAsOf returns the instant up to which any advertiser has numbers, the zero
// time if none has.
func DataAsOf(ctx context.Context, db *sqlx.DB) (time.Time, error) {
	const newest = `-- name: NewestData
SELECT coalesce(max(data_as_of), '0001-01-01') FROM freshness AS f WHERE f.family = 'DELIVERY'`
	var t time.Time
	if err := db.GetContext(ctx, &t, newest); err != nil {
		return t, fmt.Errorf("read how new the data is: %w", err)
	}
	return t, nil
}
