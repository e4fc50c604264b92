package importer

import (
	"cmp"
	"slices"
	"strings"

	"adsgraph/internal/metrics"
)

// row is what a record says.
type row struct {
	ids      [levels]string
	day      int32
	version  int64
	measures [metrics.People]int64
	synced   string // the text of the version before, which mostly stays the same
}

// refused makes a reject of a cell.
func refused(f field, value string, err error) Reject {
	return Reject{Field: f.String(), Value: value, Reason: err.Error()}
}

// cell returns the text of a field, empty if the file does not have it.
func (l *layout) cell(record []string, f field) string {
	if i := l.at[f]; i >= 0 {
		return record[i]
	}
	return ""
}

// take takes one record. A reject without a reason is none; the error ends the
// import.
func (in *session) take(l *layout, record []string, line int) (Reject, error) {
	if len(record) < l.width {
		return Reject{Reason: errTooFew.Error()}, nil
	}
	for _, extra := range record[l.width:] {
		if extra != "" {
			return Reject{Reason: errTooMany.Error()}, nil
		}
	}
	for v := range levels {
		in.row.ids[v] = ""
		if i := l.at[v.id()]; i >= 0 {
			id, err := externalID(record[i])
			if err != nil {
				return refused(v.id(), record[i], err), nil
			}
			in.row.ids[v] = id
		}
	}
	if in.row.ids[advertiser] == "" {
		in.row.ids[advertiser] = in.options.Account
	}
	if l.table.Holds == "objects" {
		return in.takeObject(l, record)
	}
	if reject := in.numbers(l, record); reject.Reason != "" {
		return reject, nil
	}
	a, reject, err := in.accountOf(l, record)
	if err != nil || reject.Reason != "" {
		return reject, err
	}
	if l.table.Holds == "breakdowns" {
		return in.takeBreakdown(l, a, record, line)
	}
	return in.takeNumbers(l, a, record, line)
}

// numbers reads the day, the version and the measures of a record.
func (in *session) numbers(l *layout, record []string) Reject {
	r := &in.row
	cell := record[l.at[fDay]]
	day, err := date(cell, l.order)
	switch {
	case err != nil:
		return refused(fDay, cell, err)
	case day >= in.tooLate:
		return refused(fDay, cell, errFuture)
	case day <= in.tooEarly:
		return refused(fDay, cell, errLongAgo)
	}
	r.day = day
	if i := l.at[fSynced]; i < 0 {
		r.version, r.synced = 0, ""
	} else if record[i] != r.synced {
		if r.version, err = instant(record[i]); err != nil {
			r.synced = ""
			return refused(fSynced, record[i], err)
		}
		r.synced = strings.Clone(record[i])
	}
	r.measures = [metrics.People]int64{}
	for _, c := range l.measures {
		cell := record[c.index]
		if cell == "" || cell == "0" {
			continue
		}
		scale := 0
		if c.field.isMoney() {
			scale = l.money
		}
		n, rounded, err := l.numbers.scaled(cell, scale)
		if err != nil {
			return refused(c.field, cell, err)
		}
		if rounded {
			in.summary.Rounded++
		}
		r.measures[c.field-firstMeasure] += n
	}
	if r.measures[metrics.Checkouts] == 0 { // a value needs what it is the value of
		r.measures[metrics.CheckoutValueMicros] = 0
	}
	r.measures[metrics.Conversions] = r.measures[metrics.PageVisits] + r.measures[metrics.Signups] + r.measures[metrics.AddToCarts] + r.measures[metrics.Checkouts]
	return Reject{}
}

// lineNumber orders rows without a version: later lines of later files count.
func (in *session) lineNumber(line int) int64 {
	if in.row.version != 0 {
		return 0
	}
	return int64(len(in.summary.Files))<<40 | int64(line)
}

// takeNumbers takes numbers of an object on a day.
func (in *session) takeNumbers(l *layout, a *account, record []string, line int) (Reject, error) {
	r := &in.row
	o, reject, err := in.chain(a, l.level)
	if err != nil || reject.Reason != "" {
		return reject, err
	}
	in.names(l, a, o, record)
	in.first, in.last = min(in.first, r.day), max(in.last, r.day)
	a.asOf, a.used = max(a.asOf, r.version), true
	if o == nil && l.level == advertiser {
		o = &a.object
	}
	if in.isCovered(l, a, o) {
		entity := o.id
		m := &r.measures
		in.im.Coarse.Row(a.id, int(l.level), entity, dayText(r.day), r.version, in.lineNumber(line), m[metrics.SpendMicros], m[metrics.ImpressionsPaid], m[metrics.ClicksPaid])
		return Reject{}, nil
	}
	if o.level != ad {
		if o, err = in.standIn(a, o, ad); err != nil {
			return Reject{}, err
		}
	}
	best := o.days.at(r.day)
	isFirst, wasSent := *best == 0, *best&isSent != 0
	if !isFirst {
		in.summary.Duplicates++
		if r.version+1 < *best>>1 {
			return Reject{}, nil
		}
	}
	if !isFirst && a.isNew { // from now on the store decides which row counts
		*a.redo.at(r.day) = true
		if wasSent {
			in.im.Sent.Row(a.id, o.id, in.text(r.day), *best>>1-1)
		}
	}
	*best = (r.version + 1) << 1
	if isFirst && a.isNew {
		if r.measures == (cell{}) {
			return Reject{}, nil // days without delivery have no row
		}
		*best |= isSent
		return Reject{}, in.send(a, o)
	}
	in.im.Days.RowWith(r.measures[:], a.id, o.parent.parent.id, o.parent.id, o.id, in.text(r.day), r.version, in.lineNumber(line))
	return Reject{}, nil
}

// isCovered tells whether finer numbers of a day are there, and notes if not that
// these are the finest. Files come with the finest first.
func (in *session) isCovered(l *layout, a *account, o *object) bool {
	day, grain := in.row.day, int8(l.level)+1
	anyOf, whole := a.covered.at(day), a.whole.at(day)
	if *whole > grain || l.level == advertiser && *anyOf > grain {
		return true
	}
	*anyOf = max(*anyOf, grain)
	if l.replaces(in.options) == "day" || l.level == advertiser {
		if *anyOf > grain { // campaigns of a finer file were taken one by one
			return true
		}
		*whole = grain
		return false
	}
	covered := o.campaignOf().covered.at(day)
	if *covered > grain {
		return true
	}
	*covered = grain
	return false
}

// replaces is how much of a day a file replaces.
func (l *layout) replaces(o *Options) string {
	for _, mode := range []string{o.Replace, l.table.Replace} {
		if mode != "" {
			return mode
		}
	}
	return "campaign"
}

// names takes the names that a report gives.
func (in *session) names(l *layout, a *account, o *object, record []string) {
	for ; o != nil; o = o.parent {
		in.name(l, o, record)
	}
	in.name(l, &a.object, record)
}

func (in *session) name(l *layout, o *object, record []string) {
	if o.level.title() > fAdName || in.row.day < o.named {
		return
	}
	i := l.at[o.level.title()]
	if i < 0 || record[i] == "" || in.row.day == o.named && record[i] == o.name {
		return
	}
	if name, err := text(record[i], 255); err == nil {
		o.call(name, in.row.day)
	}
}

// text returns a day as text, which is asked for again and again.
func (in *session) text(day int32) string {
	t := in.texts.at(day)
	if *t == "" {
		*t = dayText(day)
	}
	return *t
}

// dimensions are the kinds of numbers by viewer that are taken, by the name that
// files have for them.
func dimension(name string) string {
	switch name = strings.ToUpper(name); name {
	case "AGE_BUCKET", "GENDER", "COUNTRY", "REGION", "APPTYPE", "PLACEMENT", "KEYWORD":
		return name
	case "TARGETED_INTEREST":
		return "INTEREST"
	}
	return ""
}

// takeBreakdown takes numbers by who saw the ads.
func (in *session) takeBreakdown(l *layout, a *account, record []string, line int) (Reject, error) {
	kind := dimension(trim(record[l.at[fTargetingType]]))
	value, err := text(record[l.at[fTargetingValue]], 255)
	switch {
	case value == "": // no value, or one that is no text
		return refused(fTargetingValue, record[l.at[fTargetingValue]], cmp.Or(err, errMissing)), nil
	case kind == "":
		in.summary.OtherDimensions++
		return Reject{}, nil
	case in.row.day <= in.viewers:
		in.summary.OutOfRetention++
		return Reject{}, nil
	}
	if kind == "GENDER" || kind == "APPTYPE" {
		value = strings.ToLower(value)
	}
	o, reject, err := in.chain(a, l.level)
	if err != nil || reject.Reason != "" {
		return reject, err
	}
	a.asOf, a.used = max(a.asOf, in.row.version), true
	in.first, in.last = min(in.first, in.row.day), max(in.last, in.row.day)
	group := o
	if o.level == ad {
		group = o.parent
	}
	// Numbers of ad groups come first where there are both.
	grain := 0
	if o.level == ad {
		grain = 1
	}
	numbers := make([]int64, 0, len(in.row.measures))
	for _, b := range metrics.DeliveredByViewer.Bases() {
		numbers = append(numbers, in.row.measures[b])
	}
	in.im.Breakdowns.RowWith(numbers, a.id, grain, group.parent.id, group.id, o.id, kind, value, in.text(in.row.day), in.row.version, in.lineNumber(line))
	return Reject{}, nil
}

// takeObject takes a version of an object.
func (in *session) takeObject(l *layout, record []string) (Reject, error) {
	r := &in.row
	if r.ids[l.level] == "" {
		return refused(l.level.id(), "", errMissing), nil
	}
	values, reject := l.values(record)
	if reject.Reason != "" {
		return reject, nil
	}
	var stamps [2]int64
	for i, f := range []field{fUpdated, fSynced} {
		at, err := instant(l.cell(record, f))
		if err != nil {
			return refused(f, l.cell(record, f), err), nil
		}
		stamps[i] = at
	}
	a, reject, err := in.accountOf(l, record)
	if err != nil || reject.Reason != "" {
		return reject, err
	}
	o := &a.object
	if l.level != advertiser {
		if o, reject, err = in.chain(a, l.level); err != nil || reject.Reason != "" {
			return reject, err
		}
	}
	if l.level == ad && r.ids[pin] != "" {
		values[fPinID] = strings.Clone(r.ids[pin])
	}
	version := stamps[0]
	if version == 0 {
		version = stamps[1]
	}
	a.used = true
	o.offer(version, stamps[1], strings.Join(record, "\x00"), func() map[field]string { return values })
	return Reject{}, nil
}

// sortFiles puts files into the order in which they are read: objects before
// numbers, from accounts down; then numbers, the finest first.
func sortFiles(files []*layout) {
	rank := func(l *layout) int {
		switch l.table.Holds {
		case "objects":
			return int(l.level)
		case "numbers":
			return 10 + int(levels-l.level)
		}
		return 20 + int(l.level)
	}
	slices.SortStableFunc(files, func(a, b *layout) int { return rank(a) - rank(b) })
}
