package metrics

// Keyworded is the measures that are counted by keyword: spend to engagements,
// and checkouts with their value under the default attribution.
const Keyworded = Set(1<<VideoStarts - 1 | 1<<Checkouts | 1<<CheckoutValueMicros)
