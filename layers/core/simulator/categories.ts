/** What the chain sells, and how people buy it. Names of brands are made up. */

/** How one category trades. */
export type Category = {
  readonly name: string
  /** Begins the ids of its products. */
  readonly code: string
  readonly subCategories: readonly SubCategory[]
  readonly brands: readonly string[]
  /** Share of the chain's demand at the same number of products. */
  readonly share: number
  /** Share of the price that the goods cost. */
  readonly costShare: number
  /** Goods and services tax, within the price. */
  readonly taxRate: number
  /** Mean of its products' price elasticity of demand, and their deviation. */
  readonly elasticity: readonly [mean: number, deviation: number]
  /** Chance that one more of the same is bought with each. */
  readonly moreShare: number
  /** Share of its sold lines that come back, and why: weights in the order of REFUND_REASONS. */
  readonly refundShare: number
  readonly refundReasons: readonly [number, number, number, number, number, number]
  /** By store profile, in their order: how much more or less of it is bought there. */
  readonly affinity: readonly [number, number, number, number]
  /** The year's curve is exp(amplitude * cos(2 pi (year's share - peak))). */
  readonly season: { readonly peak: number; readonly amplitude: number }
  /** Demand at the height of the festive season is exp(festive) times the usual. */
  readonly festive: number
  /** Demand is exp(heat) times the usual when it is 5 degrees warmer than usual. */
  readonly heat: number
  readonly packSize: number
  readonly shelfLifeDays?: number
}
type SubCategory = {
  readonly name: string
  readonly nouns: readonly string[]
  /** List prices, whole rupees. */
  readonly prices: readonly [low: number, high: number]
}

const sub = (name: string, low: number, high: number, nouns: string): SubCategory => ({
  name,
  prices: [low, high],
  nouns: nouns.split(', '),
})

export const CATEGORIES: readonly Category[] = [
  {
    name: 'Apparel',
    code: 'APP',
    subCategories: [
      sub('Ethnic wear', 699, 4_999, 'Kurta, Anarkali, Saree, Nehru Jacket, Dupatta'),
      sub('Western wear', 499, 2_999, 'Shirt, Jeans, T-Shirt, Dress, Chinos'),
      sub('Winter wear', 899, 4_499, 'Hoodie, Shawl, Pullover, Quilted Jacket'),
    ],
    brands: ['Aravali', 'Kesariya', 'Nila & Co', 'Dhaaga', 'Tarang'],
    share: 0.2,
    costShare: 0.48,
    taxRate: 0.05,
    elasticity: [-2.1, 0.35],
    moreShare: 0.1,
    refundShare: 0.11,
    refundReasons: [10, 14, 24, 42, 2, 8],
    affinity: [1.2, 1, 1.6, 1.1],
    season: { peak: 0.83, amplitude: 0.18 },
    festive: 0.75,
    heat: -0.05,
    packSize: 6,
  },
  {
    name: 'Footwear',
    code: 'FTW',
    subCategories: [
      sub('Everyday', 399, 1_999, 'Sandals, Loafers, Slip-Ons, Flats'),
      sub('Sports shoes', 1_299, 5_999, 'Running Shoes, Trainers, Court Shoes'),
      sub('Festive', 799, 3_499, 'Mojaris, Kolhapuris, Juttis'),
    ],
    brands: ['Padma', 'Chaal', 'Maidan', 'Kadam'],
    share: 0.1,
    costShare: 0.5,
    taxRate: 0.12,
    elasticity: [-1.8, 0.3],
    moreShare: 0.04,
    refundShare: 0.1,
    refundReasons: [14, 18, 18, 40, 2, 8],
    affinity: [1, 1, 1.5, 1],
    season: { peak: 0.8, amplitude: 0.12 },
    festive: 0.55,
    heat: 0,
    packSize: 4,
  },
  {
    name: 'Electronics',
    code: 'ELE',
    subCategories: [
      sub('Audio', 599, 8_999, 'Earbuds, Headphones, Bluetooth Speaker, Soundbar'),
      sub('Mobile accessories', 199, 2_499, 'Power Bank, Fast Charger, Phone Case, USB-C Cable'),
      sub('Small appliances', 999, 7_999, 'Table Fan, Mixer Grinder, Electric Kettle, Steam Iron'),
    ],
    brands: ['Vidyut', 'Dhwani', 'Noor', 'Tez', 'Surya Labs'],
    share: 0.14,
    costShare: 0.7,
    taxRate: 0.18,
    elasticity: [-2.5, 0.4],
    moreShare: 0.03,
    refundShare: 0.07,
    refundReasons: [46, 8, 16, 16, 10, 4],
    affinity: [1.2, 0.8, 0.6, 1.5],
    season: { peak: 0.35, amplitude: 0.08 },
    festive: 0.9,
    heat: 0.12,
    packSize: 4,
  },
  {
    name: 'Home & Kitchen',
    code: 'HOM',
    subCategories: [
      sub('Cookware', 349, 3_999, 'Kadhai, Pressure Cooker, Tawa, Idli Maker'),
      sub('Furnishing', 299, 3_499, 'Bedsheet, Cushion Cover, Curtain, Dhurrie'),
      sub('Decor', 199, 2_499, 'Brass Diya, Table Lamp, Wall Clock, Photo Frame'),
    ],
    brands: ['Gharana', 'Angan', 'Mitti', 'Rasoi Works'],
    share: 0.13,
    costShare: 0.55,
    taxRate: 0.12,
    elasticity: [-1.6, 0.3],
    moreShare: 0.15,
    refundShare: 0.05,
    refundReasons: [20, 10, 22, 22, 20, 6],
    affinity: [1.1, 1, 1, 1],
    season: { peak: 0.82, amplitude: 0.1 },
    festive: 0.85,
    heat: 0,
    packSize: 4,
  },
  {
    name: 'Grocery & Staples',
    code: 'GRO',
    subCategories: [
      sub('Staples', 59, 899, 'Basmati Rice, Toor Dal, Atta, Mustard Oil, Jaggery'),
      sub('Snacks', 20, 399, 'Bhujia, Mathri, Roasted Makhana, Banana Chips'),
      sub('Beverages', 30, 499, 'Masala Chai, Filter Coffee, Nimbu Pani, Thandai'),
    ],
    brands: ['Annakoot', 'Khet', 'Desi Daana', 'Chai Gully', 'Sattva'],
    share: 0.2,
    costShare: 0.78,
    taxRate: 0.05,
    elasticity: [-1.1, 0.2],
    moreShare: 0.38,
    refundShare: 0.008,
    refundReasons: [30, 20, 10, 6, 26, 8],
    affinity: [0.7, 1.5, 0.2, 0.6],
    season: { peak: 0.36, amplitude: 0.06 },
    festive: 0.4,
    heat: 0.1,
    packSize: 12,
    shelfLifeDays: 180,
  },
  {
    name: 'Beauty & Personal Care',
    code: 'BPC',
    subCategories: [
      sub('Skin care', 149, 1_499, 'Face Wash, Sunscreen, Ubtan, Aloe Gel'),
      sub('Hair care', 99, 999, 'Coconut Oil, Shampoo, Henna, Hair Serum'),
      sub('Fragrance', 249, 2_999, 'Attar, Body Mist, Deodorant'),
    ],
    brands: ['Roopam', 'Vanya', 'Chandan Lane', 'Nimbu & Neem'],
    share: 0.12,
    costShare: 0.5,
    taxRate: 0.18,
    elasticity: [-1.5, 0.25],
    moreShare: 0.18,
    refundShare: 0.02,
    refundReasons: [18, 16, 24, 14, 20, 8],
    affinity: [1.1, 1, 0.6, 1.2],
    season: { peak: 0.4, amplitude: 0.12 },
    festive: 0.45,
    heat: 0.15,
    packSize: 6,
    shelfLifeDays: 720,
  },
  {
    name: 'Toys & Stationery',
    code: 'TOY',
    subCategories: [
      sub('Toys', 149, 2_499, 'Building Blocks, Wooden Train, Soft Toy, Puzzle'),
      sub('Stationery', 20, 499, 'Notebook, Sketch Pens, Geometry Box, Fountain Pen'),
    ],
    brands: ['Khilona', 'Patang', 'Akshar'],
    share: 0.06,
    costShare: 0.45,
    taxRate: 0.12,
    elasticity: [-1.7, 0.3],
    moreShare: 0.2,
    refundShare: 0.04,
    refundReasons: [26, 14, 20, 20, 14, 6],
    affinity: [1, 1, 0.8, 1],
    season: { peak: 0.45, amplitude: 0.3 },
    festive: 0.3,
    heat: 0,
    packSize: 6,
  },
  {
    name: 'Sports & Fitness',
    code: 'SPO',
    subCategories: [
      sub('Cricket', 199, 3_999, 'Cricket Bat, Batting Gloves, Leather Ball, Kit Bag'),
      sub('Fitness', 249, 2_999, 'Yoga Mat, Resistance Band, Dumbbell Pair, Skipping Rope'),
    ],
    brands: ['Maidan', 'Chakra Fit', 'Akhada'],
    share: 0.05,
    costShare: 0.52,
    taxRate: 0.12,
    elasticity: [-1.9, 0.3],
    moreShare: 0.06,
    refundShare: 0.06,
    refundReasons: [24, 14, 20, 28, 8, 6],
    affinity: [1.1, 0.9, 1.2, 1.1],
    season: { peak: 0.05, amplitude: 0.25 },
    festive: 0.15,
    heat: -0.03,
    packSize: 4,
  },
]

export const STYLES = 'Classic, Everyday, Festive, Heritage, Lite, Premium, Royal, Smart, Studio, Urban'.split(', ')
export const SHADES = 'Indigo, Saffron, Ivory, Teal, Maroon, Olive, Charcoal, Rose, Mustard, Sky'.split(', ')
