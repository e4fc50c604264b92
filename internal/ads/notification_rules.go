package ads

// The states of recommendations.
const (
	RecommendationOpen      RecommendationState = "OPEN"
	RecommendationApplied   RecommendationState = "APPLIED"
	RecommendationDismissed RecommendationState = "DISMISSED"
)

// CheckAdvice returns which rules it breaks to set a recommendation's state. People dismiss and reopen; whether one
// was followed is what the system says.
func CheckAdvice(from, to RecommendationState) []Problem {
	c := checker{}
	params := map[string]any{"from": from, "to": to}
	switch {
	case to == RecommendationApplied:
		c.add(ProblemStatus, "state", params, "Whether a recommendation was followed is what the system says: it can be set to DISMISSED or OPEN.")
	case from == RecommendationApplied:
		c.add(ProblemFinal, "", map[string]any{"status": from}, "It is %s, which is final: nothing can be changed any more.", from)
	}
	return c.problems
}
