package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// rejects writes the lines that cannot be taken, and counts them.
type rejects struct {
	open  func() (io.WriteCloser, error)
	file  io.WriteCloser
	csv   *csv.Writer
	most  int
	count int
	// reasons counts rejects by field and reason.
	reasons map[string]int
}

// TooManyRejectsError ends an import: more lines than allowed are not right.
type TooManyRejectsError struct {
	Most int
	Last Reject
}

func (e *TooManyRejectsError) Error() string {
	return fmt.Sprintf("more than %d lines are not right (--max-rejects); nothing was imported. The last: %s", e.Most, e.Last)
}

// RejectsFileError is the failure to write the file of rejects.
type RejectsFileError struct{ Err error }

func (e *RejectsFileError) Error() string {
	return "the file of rejects cannot be written; nothing was imported: " + e.Err.Error()
}

func (e *RejectsFileError) Unwrap() error { return e.Err }

// Reject is a line that was left out.
type Reject struct {
	File   string
	Line   int
	Field  string // empty for the line as a whole
	Value  string
	Reason string
}

func (r Reject) String() string {
	where := fmt.Sprintf("%s line %d: ", r.File, r.Line)
	if r.Field != "" {
		where += fmt.Sprintf("%s %q ", r.Field, clip(r.Value, 80))
	}
	return where + r.Reason
}

// add notes a reject. Its error ends the import.
func (r *rejects) add(one Reject) error {
	r.count++
	if r.reasons == nil {
		r.reasons = map[string]int{}
	}
	r.reasons[trim(one.Field+" "+one.Reason)]++
	if r.csv == nil {
		file, err := r.open()
		if err != nil {
			return &RejectsFileError{err}
		}
		r.file, r.csv = file, csv.NewWriter(file)
		_ = r.csv.Write([]string{"file", "line", "field", "value", "reason"}) // Flush tells
	}
	_ = r.csv.Write([]string{one.File, strconv.Itoa(one.Line), one.Field, clip(one.Value, 255), one.Reason}) // Flush tells
	if err := r.csv.Error(); err != nil {
		return &RejectsFileError{err}
	}
	if r.count > r.most {
		return &TooManyRejectsError{r.most, one}
	}
	return nil
}

// close writes what is left. It comes before the commit: an import whose rejects
// are lost is none.
func (r *rejects) close() error {
	if r.csv == nil {
		return nil
	}
	r.csv.Flush()
	err := errors.Join(r.csv.Error(), r.file.Close())
	r.csv = nil
	if err != nil {
		return &RejectsFileError{err}
	}
	return nil
}
