package sqllint

import "strings"

// Statement is what is declared of the statements of a name.
type Statement struct {
	Class Class
	// owner is the package whose tests run the statement, as far as it reaches.
	owner string
}

// Statements returns every statement of the store by its name, with the widest class
// of its texts.
func Statements() map[string]Statement {
	all := map[string]Statement{}
	for _, d := range [...]struct {
		class        Class
		owner, names string
	}{
		// Exports, and the writes of an advertiser.
		{Router, "graph", `AcceptInvitation AdExport AdGroupExport AdGroupNamesakes AdGroupSettings AdNamesakes AdSettings AddChanges AddLoad AddMemberChanges AdvertiserForMembers CampaignExport
			CampaignNamesakes CampaignSettings ClaimKey DeleteSavedView EndBelowAdGroups EndBelowCampaigns FindCreatives FirstLoad FirstVersion
			ForgetLoads ForgetUndone InsertInvitation InsertLabels InsertSavedView InsertTrees InvitationClashes InvitationOfViewer KeepOutcome
			KeepReplaced LabelClashes LabelsOfCampaigns LinkAudiences LockAdGroups LockAdGroupsOfAds LockAdGroupsOfCampaigns LockAds LockAdsOfAdGroups
			LockAdsOfCampaigns LockCampaignVersions LockCampaigns LockCampaignsOfAdGroups LockInvitation LockLabels LockNotifications LockParentAdGroups
			LockRecommendations LockSavedView LockVersion MarkNotifications MarkRecommendations NextVersion PrepareTrees ReadKey RemoveBreakdowns
			RemoveHours RemoveReplaced RenameLabels RevokeInvitation SavedViewClash SetCampaignLabels SubtractNew UpdateAdGroups UpdateAds
			UpdateCampaigns UpdateSavedView WantedLabels`},
		{Router, "importer", `ImportedObjects`},
		// What screens read: each statement is parts of one advertiser each, of those of a
		// batch, by UNION ALL. Of a page of one account there is one part.
		{Tenants, "graph", `AccessChangeByID AccessChangeList AdByID AdFacets AdGroupAudiences AdGroupBreakdownSeries AdGroupByID AdGroupFacets AdGroupHours AdGroupList
			AdGroupSetHours AdGroupSetSeries AdGroupSpending AdHours AdList AdSetHours AdSetSeries AdvertiserBreakdown AdvertiserBreakdownSeries
			AdvertiserByID AdvertiserHours AdvertiserMarkers AudienceList Billing CampaignBreakdownSeries CampaignByID CampaignFacets CampaignHours
			CampaignLabels CampaignList CampaignMarkers CampaignSetHours CampaignSpending ChangeByID ChangeList ConversionTagByID ConversionTagList
			ExportByID ExportList InvitationByID InvitationList InvoiceByID InvoiceList KeywordByID KeywordList KeywordSeries LabelByID LabelList
			MemberList NotificationByID NotificationList OrderLineByID OrderLineList PinByID PinFacets PinHours PinList PinSetHours PinSetSeries
			RecommendationByID RecommendationList ReportTemplateByID ReportTemplateList SavedViewList`},
		{Tenants, "importer", `ImportConversionDifferences ImportDifferences ImportTotals ImportTotalsBefore RollUpRemove`},
		{Tenants, "store", `AdGroupBreakdown AdGroupMarkers AdGroupSeries AdGroupTotals AdMarkers AdSeries AdTotals AdvertiserSeries AdvertiserTotals AudienceByID
			CampaignBreakdown CampaignSeries CampaignSetSeries CampaignTotals PinSeries PinTotals SavedViewByID TagEvents UnreadNotifications`},
		// The accounts of a viewer, who may have any; and the roll-ups of a fresh load, which
		// loads of a day run for one advertiser.
		{Fanout, "graph", `AdvertiserList RollUp RollUpAlone RollUpBreakdowns RollUpLifetime SharedPins`},
		// Imports join temporary tables of rows of any advertiser, and verify reads everything.
		// They are commands.
		{Fanout, "importer", `ImportBreakdowns ImportCompare ImportConversions ImportDays ImportFindFiner ImportFreshness ImportMovedPins ImportNames ImportNewConversions
			ImportNewDays ImportObjects ImportOwns ImportRemoveConversions ImportRemoveDays ImportTakeBack ImportTakeBackConversions 
			ImportUndo ImportedAs VerifyCompare VerifyCount VerifyNewestData`},
		// For commands.
		{Fanout, "store", `AdvanceIdentity NewestData`},
		{Reference, "graph", `DatabaseState ExportSettings GrantRoles LockPart MemberByID Notify PrepareForSums RevokeRoles RolesForUpdate SwitchOff SwitchOn SwitchesOff
			TimeZone UserByID`},
		{Reference, "importer", `HasPartition ImportAccounts ImportAside ImportBreakdownCount ImportChangedDays ImportCounts ImportDuplicates ImportForgetScope ImportLock
			ImportNewDayCount ImportOwner ImportedAccount NewIDs OldestPartition VerifyPartitions WaitForOthers`},
		{Reference, "store", `AdvertiserMember AnyAdvertiser DistributedTables EntryNode FencedTables OnCluster ReadableViews RolesThere SchemaReferences SchemaTables
			SchemaTriggers UserByIdentity`},
		// Standbys are asked over connections that tests do not watch.
		{Reference, "store", `PrimaryPosition`},
		{Reference, "standby", `ReplicaPosition`},
		// For adsgraph doctor.
		{Reference, "store", `BrokenObjects DeadRows IsWritable LackingRights NeverAnalyzed OpenTables PartitionNames RoleRights SchemaObjects ServerClock ServerConnections
			ServerSettings ServerVersion SampledAdvertisers`},
		{Fanout, "store", `StaleAdvertisers`},
		{Command, "importer", `AttachPartition CreatePartition ImportAnalyze ImportBefore ImportFiner ImportPatience ImportTable`},
		{Command, "store", `Analyze Clear PrepareKnows PrepareRoles`},
	} {
		for name := range strings.FieldsSeq(d.names) {
			all[name] = Statement{d.class, d.owner}
		}
	}
	return all
}
