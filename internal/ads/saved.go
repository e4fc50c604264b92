package ads

import "time"

// The closed vocabularies of what people keep.
type (
	ReportSchedule string // NONE, DAILY, WEEKLY
	ExportFormat   string // CSV, JSONL
	ExportState    string // RUNNING, FINISHED, FAILED
)

// Person is somebody who works with an account.
type Person struct {
	ID   int64
	Name string
}

// SavedView is how a person likes to see a screen.
type SavedView struct {
	Advertiser *Advertiser
	ID         int64
	Owner      Person
	Screen     string
	Name       string
	Spec       JSON
	IsShared   bool
	// IsMine is true when the viewer is its owner.
	IsMine    bool
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Ref returns the view's id as clients know it.
func (v *SavedView) Ref() Ref { return Ref{LevelSavedView, v.Advertiser.ID, v.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*SavedView) IsNode() {}

// ReportTemplate is a report that is wanted again and again.
type ReportTemplate struct {
	Advertiser *Advertiser
	ID         int64
	Owner      Person
	Name       string
	// Level is that of the report's rows.
	Level     Level
	Columns   []string
	Filters   JSON
	Schedule  ReportSchedule
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Ref returns the template's id as clients know it.
func (t *ReportTemplate) Ref() Ref { return Ref{LevelReportTemplate, t.Advertiser.ID, t.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*ReportTemplate) IsNode() {}

// Export is a list that somebody took away as a file, or is taking away.
type Export struct {
	Advertiser *Advertiser
	ID         int64
	Owner      Person
	Name       string
	// Level is that of the file's rows.
	Level  Level
	Format ExportFormat
	State  ExportState
	// Rows and Bytes are what was written so far.
	Rows       int64
	Bytes      int64
	StartedAt  time.Time
	FinishedAt *time.Time
	// Error tells people why it failed, nil if it did not.
	Error *string
}

// Ref returns the export's id as clients know it.
func (x *Export) Ref() Ref { return Ref{LevelExport, x.Advertiser.ID, x.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Export) IsNode() {}
