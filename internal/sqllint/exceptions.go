package sqllint

// exceptions returns, by statement and rule, why a text may break the rule, and what
// becomes of the statement on a cluster. One that is not needed is a fault.
func exceptions() map[string]map[string]string {
	return map[string]map[string]string{
		// Served.
		"AddChanges":     {ruleSession: "A write tells of what it changed within the statement that keeps the history. A worker would send that notice, and nobody would hear it: on a cluster it becomes a statement of its own, and until then live updates of changes are missing there."},
		"AdvertiserByID": {ruleLateral: "The roles of a viewer come from a reference table, one row for each advertiser and without LIMIT."},
		"AdvertiserList": {ruleLateral: "The numbers of a viewer's accounts are summed account by account, each by its own key. On a cluster the list of accounts with numbers asks every node, or is refused: it is to become a read of the accounts and one of their numbers."},
		"DatabaseState":  {ruleNode: "Says whether a query that is under way may be shared. It knows of writes through this node only: on a cluster sharing has to be off."},
		"ExportSettings": {ruleSetConfig: "Planner settings of an export. Workers do not get them, and plan as they are set up."},
		// Commands, which an operator runs.
		"PrepareForSums":   {ruleSetConfig: "Planner settings of roll-ups. Workers do not get them, and take longer."},
		"ImportBefore":     {ruleTemporary: importing},
		"ImportBreakdowns": {ruleTemporary: importing},
		"ImportFiner":      {ruleTemporary: importing},
		"ImportTable":      {ruleTemporary: importing},
		"ImportDuplicates": {ruleNode: "The row to keep is found by its place in a temporary table, which is local."},
		"ImportObjects":    {ruleNode: "Whether a row is new is told by xmax. To be tried on a cluster before imports run there."},
		"ImportCompare":    {ruleLateral: importing},
	}
}

const importing = "Imports gather rows in temporary tables and join them with stored ones. A cluster fetches the stored rows to the coordinator, which works and takes longer, or refuses: imports are to be tried there before they are relied on."
