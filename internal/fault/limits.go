package fault

// The codes of limits, one for each; what was asked for was not run, unless the
// code says otherwise. docs/limits.md says how to stay under them.
const (
	TooManyTokens     Code = "TOO_MANY_TOKENS"      // split the document
	TooDeep           Code = "TOO_DEEP"             // ask for what lies deeper by its id
	TooManyAliases    Code = "TOO_MANY_ALIASES"     // split the operation, or ask for a list
	TooManyRootFields Code = "TOO_MANY_ROOT_FIELDS" // split the operation
	TooManyFields     Code = "TOO_MANY_FIELDS"      // split the operation
	TooManyDirectives Code = "TOO_MANY_DIRECTIVES"  // send the operation without what is left out
	TooManyItems      Code = "TOO_MANY_ITEMS"       // send the list in parts
	TooManyRows       Code = "TOO_MANY_ROWS"        // ask for smaller pages
	ResponseTooLarge  Code = "RESPONSE_TOO_LARGE"   // ask for smaller pages; it was read for nothing
	StatementBudget   Code = "STATEMENT_BUDGET"     // our mistake: the document needs more statements than it declares
	RateLimited       Code = "RATE_LIMITED"         // wait as long as Retry-After says, then try again
	SwitchedOff       Code = "SWITCHED_OFF"         // an operator has switched it off: wait as long as Retry-After says
)
