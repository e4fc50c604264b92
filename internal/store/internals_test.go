package store

// What tests of the package's outside compare.
const TheObjects = theObjects

// SchemaObjects is the list that is embedded.
var SchemaObjects = schemaObjects
