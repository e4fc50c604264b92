package ads

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// The codes of problems with labels, and with whatever has a name that must not come twice.
const (
	ProblemNameTaken  ProblemCode = "NAME_TAKEN"
	ProblemLabelLimit ProblemCode = "LABEL_LIMIT"
)

// The types of labels.
const (
	LabelBrand  LabelType = "BRAND"
	LabelCustom LabelType = "CUSTOM"
)

// MaxLabelLength is the most characters of a label.
const MaxLabelLength = 100

// maxLabels returns how many labels of a type a campaign has at most.
func maxLabels(t LabelType) int {
	if t == LabelBrand {
		return 1
	}
	return 30
}

// CheckLabel returns which rules the text of a label breaks.
func CheckLabel(value string) []Problem { return checkName("value", "A label", value, MaxLabelLength) }

// checkName returns which rules a name in a field breaks, of a thing as a sentence begins with it.
func checkName(field, thing, name string, most int) []Problem {
	c := checker{}
	switch n := utf8.RuneCountInString(name); {
	case n < 1 || n > most:
		c.add(ProblemName, field, map[string]any{"length": n, "max": most}, "%s has 1 to %d characters, not %d.", thing, most, n)
	case !isPlain(name):
		c.add(ProblemName, field, nil, "%s has no control characters, and more than spaces.", thing)
	}
	return c.problems
}

// NameTaken is the problem of a name that another one has: that of an earlier item of the request, or of what is
// stored.
func NameTaken(field, noun string) Problem {
	return Problem{Code: ProblemNameTaken, Field: field, Message: "There is another " + noun + " of this name."}
}

// LabelEdit adds labels to campaigns, and takes others away.
type LabelEdit struct{ Add, Remove []Label }

// NewLabelEdit makes an edit of labels that are known by their ids, and returns which rules the ids break. The
// problems have paths from the input on.
func NewLabelEdit(add, remove []int64, known map[int64]Label) (LabelEdit, []Problem) {
	c := checker{}
	if len(add)+len(remove) == 0 {
		c.add(ProblemNothing, "", nil, "Nothing is to be changed: give labels to add, or to remove.")
	}
	seen := map[int64]bool{}
	labels := func(field string, ids []int64) (found []Label) {
		for i, id := range ids {
			path := field + "." + strconv.Itoa(i)
			switch l, ok := known[id]; {
			case seen[id]:
				c.add(ProblemDuplicate, path, nil, "The same id came before in this request.")
			case !ok:
				c.add(ProblemNotFound, path, nil, "There is no such label in this account.")
			default:
				found = append(found, l)
			}
			seen[id] = true
		}
		return found
	}
	e := LabelEdit{Add: labels("addLabelIds", add), Remove: labels("removeLabelIds", remove)}
	return e, c.problems
}

// Apply returns the labels of a campaign after the edit, and which rules that breaks. What it has already is not
// added, what it lacks not removed. A campaign that has too many, as data that was loaded may, can lose some.
func (e LabelEdit) Apply(status EntityStatus, has []Label) ([]Label, []Problem) {
	c := checker{}
	if status == StatusArchived || status == StatusDeletedDraft {
		c.add(ProblemFinal, "", map[string]any{"status": status}, "It is %s, which is final: nothing can be changed any more.", status)
		return has, c.problems
	}
	among := func(list []Label) func(Label) bool {
		return func(l Label) bool { return slices.ContainsFunc(list, func(o Label) bool { return o.ID == l.ID }) }
	}
	after := slices.DeleteFunc(slices.Clone(has), among(e.Remove))
	after = append(after, slices.DeleteFunc(slices.Clone(e.Add), among(after))...)
	for _, t := range [...]LabelType{LabelBrand, LabelCustom} {
		count := func(list []Label) (n int) {
			for _, l := range list {
				if l.Type == t {
					n++
				}
			}
			return n
		}
		if n, most := count(after), maxLabels(t); n > most && n > count(has) {
			c.add(ProblemLabelLimit, "", map[string]any{"type": t, "count": n, "max": most}, "%s", map[LabelType]string{
				LabelBrand:  fmt.Sprintf("A campaign has at most 1 BRAND label, not %d: remove the other one in the same request.", n),
				LabelCustom: fmt.Sprintf("A campaign has at most %d CUSTOM labels, not %d.", most, n),
			}[t])
		}
	}
	return after, c.problems
}
