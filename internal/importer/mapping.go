package importer

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"

	"adsgraph/internal/metrics"
)

// Mapping says how the files of one source are read: the columns of each kind of
// file, and how they write money, numbers and dates.
type Mapping struct {
	// Name is what --mapping calls it.
	Name string `yaml:"name"`
	// Source is whose ids the files hold, such as "pinterest". The ids of two
	// sources have nothing to do with each other.
	Source string `yaml:"source"`
	// Tables are the kinds of files.
	Tables []Table `yaml:"tables"`
}

// Table is one kind of file.
type Table struct {
	// Name is part of the names of its files, where Recognize is empty.
	Name string `yaml:"name"`
	// Holds is "numbers" (a row per object and day), "objects" (a row per version of
	// an object), "breakdowns" (numbers by who saw the ads) or "nothing", for files
	// that are known and left aside.
	Holds string `yaml:"holds"`
	// Level is "ad", "ad_group", "campaign" or "advertiser". Without it, it is the
	// finest one whose id the file has.
	Level string `yaml:"level"`
	// Recognize are columns by which its files are told from others.
	Recognize []string `yaml:"recognize"`
	// Columns are by field, see Fields.
	Columns map[string]Columns `yaml:"columns"`
	// Money is "micros" or "decimal", the default.
	Money string `yaml:"money"`
	// Decimal is the decimal point, "." unless it is ",".
	Decimal string `yaml:"decimal"`
	// Dates is "mdy" or "dmy" where files write 01/02/2026.
	Dates string `yaml:"dates"`
	// Delimiter separates cells, "," by default; "tab" is a tab.
	Delimiter string `yaml:"delimiter"`
	// Currency is that of all amounts, where no column says it.
	Currency string `yaml:"currency"`
	// Ignore are beginnings of lines that are no rows, such as "Total".
	Ignore []string `yaml:"ignore"`
	// Replace is "day" where a file holds whole accounts, "campaign" where it may
	// hold some campaigns only; see Options.
	Replace string `yaml:"replace"`
}

// Columns are the headings that a field may have, the first that a file has being
// taken; or, with Sum, those whose values are added up. In a heading, * stands for
// a currency: "Amount spent (*)".
type Columns struct {
	Any []string
	Sum []string
}

// UnmarshalYAML reads a heading, a list of headings, or {sum: [headings]}.
func (c *Columns) UnmarshalYAML(unmarshal func(any) error) error {
	var one string
	if unmarshal(&one) == nil {
		c.Any = []string{one}
		return nil
	}
	if unmarshal(&c.Any) == nil {
		return nil
	}
	var sum struct {
		Sum []string `yaml:"sum"`
	}
	if err := unmarshal(&sum); err != nil || len(sum.Sum) == 0 {
		return fmt.Errorf("columns are a heading, a list of headings, or {sum: [headings]}")
	}
	c.Sum = sum.Sum
	return nil
}

// field is what a column can be taken as.
type field int

// The fields that are no measures.
const (
	fAdvertiserID field = iota
	fCampaignID
	fAdGroupID
	fAdID
	fPinID
	fAdvertiserName
	fCampaignName
	fAdGroupName
	fAdName
	fDay
	fCurrency
	fSynced
	fUpdated
	fTargetingType
	fTargetingValue
	fStatus
	fCountry
	fTimeZone
	fObjective
	fIsCBO
	fDailyBudget
	fLifetimeBudget
	fIsFlexible
	fStart
	fEnd
	fCreated
	fBudget
	fBudgetType
	fBid
	fBidStrategy
	fBillableEvent
	fPacing
	fPlacement
	fAutoTargeting
	fCreativeType
	fDestination
	fReview
	firstMeasure
)

const fieldCount = firstMeasure + field(metrics.People)

// fieldNames are the names in mapping files, in the order of the constants.
func fieldNames() []string {
	names := []string{
		"advertiser_id", "campaign_id", "ad_group_id", "ad_id", "pin_id", "advertiser_name", "campaign_name", "ad_group_name", "ad_name",
		"day", "currency", "synced_at", "updated_at", "targeting_type", "targeting_value", "status", "country", "time_zone", "objective",
		"is_cbo", "daily_budget", "lifetime_budget", "is_flexible_daily", "start_at", "end_at", "created_at", "budget", "budget_type",
		"bid", "bid_strategy", "billable_event", "pacing", "placement", "auto_targeting", "creative_type", "destination_url", "review_status",
	}
	for _, column := range metrics.DayColumns {
		names = append(names, strings.TrimSuffix(column, "_micros"))
	}
	return names
}

func (f field) String() string { return fieldNames()[f] }

// isMoney tells whether a field is an amount.
func (f field) isMoney() bool {
	switch f {
	case fDailyBudget, fLifetimeBudget, fBudget, fBid, firstMeasure + field(metrics.SpendMicros), firstMeasure + field(metrics.CheckoutValueMicros):
		return true
	default:
		return false
	}
}

// ParseMapping reads a mapping file, YAML or JSON. The error names what is wrong
// with it.
func ParseMapping(text []byte) (m *Mapping, err error) {
	m = &Mapping{}
	defer func() {
		if p := recover(); p != nil { // a parser's mistake is no reason to end the program
			m, err = nil, &MappingError{fmt.Sprintf("it cannot be read: %v", p)}
		}
	}()
	if err := yaml.UnmarshalWithOptions(text, m, yaml.Strict()); err != nil {
		return nil, &MappingError{yaml.FormatError(err, false, false)}
	}
	if problem := m.check(); problem != "" {
		return nil, &MappingError{problem}
	}
	return m, nil
}

// MappingError says what is wrong with a mapping file.
type MappingError struct{ Problem string }

func (e *MappingError) Error() string { return "the mapping is not right: " + e.Problem }

func (m *Mapping) check() string {
	if m.Source == "" || strings.TrimFunc(m.Source, func(r rune) bool {
		return r == '-' || r == '_' || r < 128 && (unicode.IsLower(r) || unicode.IsDigit(r))
	}) != "" || len(m.Source) > 32 {
		return "source is a short name of small letters and digits, such as meta"
	}
	if len(m.Tables) == 0 {
		return "it has no tables"
	}
	for i := range m.Tables {
		if problem := m.Tables[i].check(); problem != "" {
			return fmt.Sprintf("table %d, %q: %s", i+1, m.Tables[i].Name, problem)
		}
	}
	return ""
}

// oneOf tells whether a word is one of some.
func oneOf(word string, words ...string) bool { return slices.Contains(words, word) }

func (t *Table) check() string {
	switch {
	case !oneOf(t.Holds, "numbers", "objects", "breakdowns", "nothing"):
		return "holds is numbers, objects, breakdowns or nothing"
	case !oneOf(t.Level, "", "ad", "ad_group", "campaign", "advertiser"):
		return "level is ad, ad_group, campaign or advertiser"
	case t.Level == "" && (t.Holds == "objects" || t.Holds == "breakdowns"):
		return "objects and breakdowns need a level"
	case t.Holds == "breakdowns" && !oneOf(t.Level, "ad", "ad_group"):
		return "breakdowns are of ad groups or ads"
	case !oneOf(t.Money, "", "micros", "decimal"):
		return "money is micros or decimal"
	case !oneOf(t.Decimal, "", ".", ","):
		return `decimal is "." or ","`
	case !oneOf(t.Dates, "", "mdy", "dmy"):
		return "dates is mdy or dmy"
	case !oneOf(t.Replace, "", "day", "campaign"):
		return "replace is day or campaign"
	case !oneOf(t.Delimiter, "", "tab") && (len(t.Delimiter) != 1 || strings.ContainsAny(t.Delimiter, "\"\r\n\x00")):
		return "delimiter is one character, or tab"
	case t.Currency != "" && !IsCurrency(t.Currency):
		return "currency is a code such as USD"
	case t.Holds == "nothing":
		return ""
	}
	names := fieldNames()
	for _, name := range slices.Sorted(maps.Keys(t.Columns)) {
		if !slices.Contains(names, name) {
			return fmt.Sprintf("there is no field %q; fields are %s", name, strings.Join(names, ", "))
		}
		c := t.Columns[name]
		if len(c.Any)+len(c.Sum) == 0 {
			return fmt.Sprintf("the field %s has no heading", name)
		}
		if field(slices.Index(names, name)) < firstMeasure && len(c.Sum) > 0 {
			return fmt.Sprintf("the field %s is not a number that adds up", name)
		}
	}
	return ""
}

// IsCurrency tells whether a text looks like a code of ISO 4217.
func IsCurrency(s string) bool {
	return len(s) == 3 && strings.TrimFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' }) == ""
}

//go:embed mappings/*.yaml
var mappingFiles embed.FS

// MappingNames returns the names of the mappings that come with the program.
func MappingNames() []string {
	files, _ := fs.Glob(mappingFiles, "mappings/*.yaml") // the pattern is right
	for i, name := range files {
		files[i] = strings.TrimSuffix(path.Base(name), ".yaml")
	}
	return files
}

// Mappings returns the mappings that come with the program, by name.
func Mappings() (map[string]*Mapping, error) {
	list := map[string]*Mapping{}
	for _, name := range MappingNames() {
		text, err := MappingText(name)
		if err != nil {
			return nil, err
		}
		m, err := ParseMapping(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		m.Name = name
		list[name] = m
	}
	return list, nil
}

// needs returns the fields without which a table's file cannot be read.
func (t *Table) needs() []field {
	switch t.Holds {
	case "objects":
		need := []field{levelOf(t.Level).id()}
		switch t.Level {
		case "campaign":
			need = append(need, fAdvertiserID)
		case "ad_group":
			need = append(need, fCampaignID)
		case "ad":
			need = append(need, fAdGroupID)
		}
		return need
	case "breakdowns":
		return []field{fDay, levelOf(t.Level).id(), fAdvertiserID, fTargetingType, fTargetingValue}
	}
	need := []field{fDay}
	if t.Level != "" {
		need = append(need, levelOf(t.Level).id())
	}
	return need
}

// MappingText returns the text of a mapping that comes with the program.
func MappingText(name string) ([]byte, error) {
	return mappingFiles.ReadFile("mappings/" + name + ".yaml")
}
