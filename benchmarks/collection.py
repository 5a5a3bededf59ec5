# ruff: noqa: E501  statements stand on one line
"""A labelled collection of report pages for measuring how well evidence is found.

It is synthetic. For each of the 51 indicators one statement in English and one in Chinese were
written from the indicator's title, as a report might say it, without looking at its search terms.
Each stands alone among ordinary sentences on a page of its own; all other pages have ordinary
sentences only, many of which use the same vocabulary and answer nothing. So the labels hold by
construction: for an indicator, the two pages with its statements. A statement of a neighbouring
indicator counts as wrong even where a person would let it pass. Real reports are messier.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

STATEMENTS: dict[str, tuple[str, str]] = {
    "1.1.1": (
        "We publicly commit to the goals of the Paris Agreement and to limiting warming to 1.5 °C.",
        "本公司公开承诺支持《巴黎协定》，积极应对气候变化，助力国家双碳目标。",
    ),
    "1.1.2": (
        "From 2035 on we will no longer sell cars with combustion engines in any market.",
        "公司宣布自2030年起停止销售传统燃油车，全面转向新能源汽车。",
    ),
    "1.1.3": (
        "An internal carbon management procedure defines duties and reviews on the way to neutrality.",
        "公司制定《碳排放管理办法》，明确各部门碳中和工作的职责与考核。",
    ),
    "1.1.4": (
        "Our supplier code of conduct obliges suppliers to save energy and cut greenhouse gases.",
        "《供应商行为准则》要求供应商开展节能降碳并管理温室气体排放。",
    ),
    "1.2.1": (
        "Physical and transition risks of climate change are part of our enterprise risk management.",
        "公司将气候变化的物理风险和转型风险纳入全面风险管理与投资决策。",
    ),
    "1.2.2": (
        "The board of directors oversees climate matters and hears the sustainability committee.",
        "董事会对气候相关事宜承担最终责任，下设可持续发展委员会定期汇报。",
    ),
    "1.2.3": (
        "In 2023 we trained 320 suppliers in carbon accounting and rewarded the best reductions.",
        "2023年公司为320家供应商开展碳减排培训，并设立激励机制表彰优秀供应商。",
    ),
    "2.1.1": (
        "Scope 1 emissions were 0.41 million tonnes and Scope 2 emissions 1.26 million tonnes CO2e.",
        "报告期内范围一排放41万吨、范围二排放126万吨二氧化碳当量。",
    ),
    "2.1.2": (
        "Total energy consumption came to 6,210 GWh: 58 % electricity, 31 % natural gas, 11 % heat.",
        "全年综合能源消费总量为62.1亿千瓦时，其中电力占58%，天然气占31%。",
    ),
    "2.1.3": (
        "Energy use per vehicle fell to 1.9 MWh and carbon intensity to 0.52 t per car produced.",
        "单车综合能耗降至1.9兆瓦时，单位产值碳排放强度同比下降6%。",
    ),
    "2.1.4": (
        "Two plants take part in the emissions trading scheme and surrendered 310,000 allowances.",
        "两家工厂纳入碳排放权交易市场，完成31万吨碳配额清缴并购买绿证。",
    ),
    "2.2.1": (
        "Scope 3 emissions were 98 Mt CO2e, of which the use of sold products makes up 81 %.",
        "范围三温室气体排放为9800万吨，其中售出产品使用阶段占81%。",
    ),
    "2.2.2": (
        "Every year our tier-1 suppliers report their actual emissions to us through a questionnaire.",
        "公司每年通过问卷向一级供应商收集其实际碳排放数据。",
    ),
    "2.3.1": (
        "The product carbon footprint of the new model is 29.4 t over its life cycle, we report.",
        "公司在平台公示该车型的全生命周期产品碳足迹，为每公里182克二氧化碳当量。",
    ),
    "3.1.1": (
        "Target: cut absolute Scope 1 and 2 emissions by 60 % by 2030 from the base year 2019.",
        "减排目标：以2019年为基准年，到2030年范围一和范围二排放下降60%。",
    ),
    "3.1.2": (
        "All our plants and offices will be carbon neutral in their own operations by 2040.",
        "公司承诺到2040年实现自身运营层面（范围一、二）碳中和。",
    ),
    "3.1.3": (
        "By 2030 we aim to run all plants on 100 % renewable electricity.",
        "可再生能源目标：到2030年全部工厂使用100%绿色电力。",
    ),
    "3.1.4": (
        "The Science Based Targets initiative has validated our targets for Scopes 1 and 2.",
        "公司范围一和范围二目标已通过科学碳目标倡议（SBTi）审核。",
    ),
    "3.2.1": (
        "We plan to reduce Scope 3 emissions per vehicle by 40 % between 2019 and 2030.",
        "到2030年，单车范围三排放较2019年降低40%。",
    ),
    "3.2.2": (
        "Along the whole value chain we want to be climate neutral by 2045, suppliers and use included.",
        "力争到2045年实现全价值链碳中和，涵盖供应链及产品使用阶段。",
    ),
    "3.2.3": (
        "By 2026, suppliers for 75 % of purchase value shall have science-based targets of their own.",
        "到2026年，推动占采购额75%的供应商设定自身减排目标。",
    ),
    "3.2.4": (
        "The SBTi approved our Scope 3 target on the use of sold products as ambitious.",
        "公司范围三减排目标获得科学碳目标倡议的批准。",
    ),
    "4.1.1": (
        "Compared with the base year, Scope 1 and 2 emissions have fallen by 27 %: we are on track.",
        "范围一和范围二排放较基准年累计下降27%，目标完成进度符合预期。",
    ),
    "4.1.2": (
        "Three of our twelve plants have achieved carbon neutrality, certified by a third party.",
        "12家工厂中已有3家实现碳中和并取得零碳工厂认证。",
    ),
    "4.1.3": (
        "The share of renewable electricity rose to 46 % of consumption, on the way to 100 % in 2030.",
        "可再生能源电力占比提升至46%，距2030年100%的目标稳步推进。",
    ),
    "4.2.1": (
        "Scope 3 intensity is 12 % below 2019; progress towards the target of 40 % continues.",
        "范围三排放强度较2019年下降12%，减排目标进展顺利。",
    ),
    "4.2.2": (
        "On the path to a carbon-neutral value chain, 14 % of the reductions needed are achieved.",
        "全价值链碳中和路线图已完成14%的减排量，进展见下表。",
    ),
    "4.2.3": (
        "So far 148 suppliers, 52 % of purchase value, have set reduction targets of their own.",
        "截至年末，已有148家供应商设定减排目标，占采购额52%。",
    ),
    "5.1.1": (
        "Rooftop solar panels generated 182 GWh of green power, avoiding 104,000 tonnes of CO2.",
        "厂房屋顶光伏全年发电1.82亿千瓦时，叠加绿电交易，减排二氧化碳10.4万吨。",
    ),
    "5.1.2": (
        "All plants have an ISO 50001 energy management system with metering in real time.",
        "各工厂均通过ISO 50001能源管理体系认证，并对能耗进行实时在线监测。",
    ),
    "5.1.3": (
        "Retrofitting compressors and ovens in the paint shop saves 23 GWh and 11,000 t CO2 a year.",
        "涂装车间空压机与烘房节能技改项目年节电2300万千瓦时，减排1.1万吨。",
    ),
    "5.1.4": (
        "Lightweight design and a lower drag coefficient cut emissions in use by 1.8 t per vehicle.",
        "通过轻量化与低碳材料设计，单车全生命周期可减排1.8吨二氧化碳。",
    ),
    "5.1.5": (
        "Replacing business flights and the company fleet's fuel avoided 2,600 tonnes of CO2.",
        "推行绿色办公、班车电动化等措施，年减少碳排放2600吨。",
    ),
    "5.1.6": (
        "We bought and retired verified carbon credits for 35,000 tonnes to offset what remained.",
        "公司购买并注销3.5万吨核证自愿减排量用于碳抵消。",
    ),
    "5.2.1": (
        "Our joint ventures emitted 0.9 million tonnes of CO2 in 2023, shown for each company.",
        "各合资公司2023年排放数据如下，合计二氧化碳90万吨。",
    ),
    "5.2.2": (
        "Our joint venture aims to be carbon neutral by 2050 and has cut its emissions by 18 %.",
        "旗下合资企业设定2050年碳中和目标，目前排放已下降18%。",
    ),
    "5.3.1": (
        "Suppliers must run an energy management system and are audited on carbon management yearly.",
        "公司要求供应商建立能源管理体系，并对其碳管理情况开展年度审核。",
    ),
    "5.3.2": (
        "With hydrogen-reduced steel and recycled aluminium our mills saved 210,000 t of CO2.",
        "与钢铁、电解铝供应商合作使用绿钢和再生铝，减少碳排放21万吨。",
    ),
    "5.3.3": (
        "Cell makers switched their factories to green power and lowered battery emissions by 30 %.",
        "动力电池供应商采用绿电生产电芯，单位电池碳排放降低30%。",
    ),
    "5.3.4": (
        "Makers of plastics, glass and tyres used recycled material and avoided 48,000 tonnes.",
        "塑料、玻璃、轮胎等零部件供应商使用再生材料，减排4.8万吨。",
    ),
    "5.3.5": (
        "Moving finished vehicles by rail instead of road with our forwarders saved 9,400 t CO2.",
        "与物流服务商合作推进公转铁、公转水，运输环节减排9400吨。",
    ),
    "5.3.6": (
        "Dealers take back end-of-life vehicles and used batteries, which are dismantled and recycled.",
        "公司建立报废汽车和退役动力电池回收体系，开展梯次利用与零部件再制造。",
    ),
    "5.3.7": (
        "We invested in a start-up for hydrogen-based steelmaking to bring fossil-free metal forward.",
        "公司投资氢冶金与惰性阳极铝技术企业，推动钢铝行业深度脱碳。",
    ),
    "5.3.8": (
        "Our yearly brochure presents the ten best cases of emission cuts at suppliers.",
        "公司每年发布供应商优秀减排案例集，展示其成效。",
    ),
    "5.4.1": (
        "Our steel suppliers disclose Scope 1 and 2 emissions; smelters of aluminium do so by site.",
        "主要钢铁供应商与铝供应商已披露其温室气体排放量。",
    ),
    "5.4.2": (
        "The steel mill that supplies us aims at minus 30 % by 2030 and has reached minus 9 %.",
        "为我司供货的钢厂设定2030年减排30%的目标，已完成9%。",
    ),
    "5.4.3": (
        "Our battery supplier publishes the emissions of its cell and cathode plants each year.",
        "电池供应商及正极材料企业每年公开其碳排放数据。",
    ),
    "5.4.4": (
        "The maker of our battery cells will be carbon neutral by 2035 and reports its progress.",
        "电芯供应商承诺2035年碳中和，并公布锂电材料环节的目标进展。",
    ),
    "5.4.5": (
        "Suppliers of seats, tyres and glass disclose how much greenhouse gas they emit.",
        "座椅、轮胎、玻璃等其他零部件供应商披露了温室气体排放数据。",
    ),
    "5.4.6": (
        "Our tyre and plastics suppliers have set reduction targets and publish what they achieved.",
        "轮胎与塑料零部件供应商设定减排目标并公布完成进度。",
    ),
    "5.4.7": (
        "A digital platform collects carbon data from upstream suppliers automatically by interface.",
        "数字化碳管理平台通过接口自动采集上游供应链碳数据。",
    ),
}
"""By indicator: a statement that answers it, in English and in Chinese."""

ENGLISH = (
    "Our employees met for a summer festival at the test track.",
    "The new model received five stars in the crash test.",
    "Sales in Europe grew by 8 % compared with 2022.",
    "Energy and passion drive our teams every day.",
    "The board met six times and approved the dividend for 2023.",
    "Steel, aluminium and batteries are important materials for our vehicles.",
    "Suppliers were invited to a conference on quality in Shanghai.",
    "Emissions of solvents in the paint shop are within legal limits.",
    "We target a margin of 9 % by 2026.",
    "The carbon fibre roof is available as an option.",
    "Customers rate the climate control of the cabin highly.",
    "The power of the engine rises to 250 kW.",
    "Noise and vibration were reduced by a new mounting.",
    "Water consumption per vehicle was 2.1 cubic metres.",
    "The audit committee reviewed the risk report twice.",
    "Training hours per employee reached 31 in 2023.",
    "A joint venture for software opened its office in Berlin.",
    "Waste was sorted and recycled at all locations.",
    "The platform for connected services has 4 million users.",
    "Progress on diversity is reported each year.",
    "The logistics centre was extended by 12,000 square metres.",
    "Charging points were installed at 1,200 dealers.",
    "The battery can be charged from 10 to 80 % in 28 minutes.",
    "Donations of 3 million were made to schools.",
)
CHINESE = (
    "公司组织员工参加年度运动会。",
    "新车型在碰撞测试中获得五星评价。",
    "2023年海外销量同比增长35%。",
    "供应商大会在上海召开，重点讨论质量问题。",
    "董事会全年召开六次会议，审议利润分配方案。",
    "钢材、铝材和电池是整车的重要材料。",
    "涂装车间挥发性有机物排放符合国家标准。",
    "公司目标是到2026年利润率达到9%。",
    "动力电池从10%充至80%仅需28分钟。",
    "员工人均培训时长为31小时。",
    "公司重视能源与环境，倡导绿色生活。",
    "座舱空调可自动调节温度。",
    "全年用水量为210万立方米。",
    "审计委员会对风险报告进行了两次审议。",
    "合资公司新设软件研发中心。",
    "各基地对废弃物分类收集和回收。",
    "车联网平台用户超过400万。",
    "物流中心扩建1.2万平方米。",
    "经销商网点新增充电桩1200个。",
    "公司向学校捐赠300万元。",
)


@dataclass(frozen=True)
class Collection:
    """Pages, and which of them answer each indicator.

    Attributes
    ----------
    pages : tuple of str
        The first page is page 1.
    answers : dict of str to tuple of int
        By indicator.
    """

    pages: tuple[str, ...]
    answers: dict[str, tuple[int, ...]]


def collection(pages: int) -> Collection:
    """So many pages, half of them English and half Chinese, always the same."""
    random_ = random.Random(2024)  # noqa: S311  a collection to be made again
    numbers = random_.sample(range(1, pages + 1), 2 * len(STATEMENTS))
    answers: dict[str, tuple[int, ...]] = {}
    statements: dict[int, str] = {}
    for at, (code, both) in enumerate(STATEMENTS.items()):
        answers[code] = (numbers[2 * at], numbers[2 * at + 1])
        statements.update(zip(answers[code], both, strict=True))
    texts = []
    for number in range(1, pages + 1):
        statement = statements.get(number, "")
        chinese = not statement.isascii() if statement else number % 2 == 0
        chinese = chinese and "°" not in statement
        sentences = random_.choices(CHINESE if chinese else ENGLISH, k=14)
        sentences[random_.randrange(14)] = statement or sentences[0]
        texts.append(f"{number}. " + ("" if chinese else " ").join(sentences))
    return Collection(tuple(texts), answers)
