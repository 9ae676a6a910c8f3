/** Where the chain's shops are. */
import type { Region } from './weather.ts'

export type City = { readonly name: string; readonly region: Region; readonly localities: readonly string[] }

const city = (name: string, region: Region, localities: string): City => ({
  name,
  region,
  localities: localities.split(', '),
})

export const CITIES: readonly City[] = [
  city('Mumbai', 'West', 'Bandra, Andheri, Lower Parel, Powai'),
  city('New Delhi', 'North', 'Connaught Place, Saket, Karol Bagh, Dwarka'),
  city('Bengaluru', 'South', 'Indiranagar, Jayanagar, Whitefield, Koramangala'),
  city('Kolkata', 'East', 'Park Street, Salt Lake, Gariahat, New Town'),
  city('Chennai', 'South', 'T. Nagar, Anna Nagar, Velachery, Adyar'),
  city('Hyderabad', 'South', 'Banjara Hills, Gachibowli, Kukatpally, Secunderabad'),
  city('Pune', 'West', 'Koregaon Park, Kothrud, Viman Nagar, Hinjewadi'),
  city('Ahmedabad', 'West', 'Navrangpura, Satellite, Maninagar, Bodakdev'),
  city('Jaipur', 'North', 'Malviya Nagar, Vaishali Nagar, C-Scheme, Raja Park'),
  city('Lucknow', 'North', 'Hazratganj, Gomti Nagar, Aliganj, Indira Nagar'),
  city('Guwahati', 'East', 'Fancy Bazar, Ganeshguri, Beltola, Paltan Bazar'),
  city('Kochi', 'South', 'Edappally, Kakkanad, Fort Kochi, Marine Drive'),
  city('Chandigarh', 'North', 'Sector 17, Sector 35, Manimajra, Sector 22'),
  city('Bhubaneswar', 'East', 'Saheed Nagar, Patia, Jaydev Vihar, Khandagiri'),
  city('Indore', 'West', 'Vijay Nagar, Palasia, Rajwada, Bhawarkua'),
  city('Patna', 'East', 'Boring Road, Kankarbagh, Fraser Road, Bailey Road'),
]
