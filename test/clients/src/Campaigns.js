import { graphql } from 'relay-runtime'

// A paginated list, as an app has it: a fragment that can be asked for again
// with the next cursor.
graphql`
  fragment Campaigns_advertiser on Advertiser
  @refetchable(queryName: "CampaignsPaginationQuery")
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
    campaigns(first: $first, after: $after) @connection(key: "Campaigns_campaigns") {
      totalCount
      edges { node { id name status } }
    }
  }
`

graphql`
  query CampaignsQuery($id: ID!, $first: Int!) {
    advertiser(id: $id) { name ...Campaigns_advertiser @arguments(first: $first) }
  }
`

graphql`
  subscription CampaignsChangedSubscription($id: ID!) {
    campaignChanged(advertiserId: $id) { missed campaign { id name } }
  }
`
