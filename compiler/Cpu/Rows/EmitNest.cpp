// Builds the loops of a nest.
#include "Cpu/Body/Transpose.h"
#include "Cpu/Rows/Nest.h"
#include "Cpu/Rows/TurnRows.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

namespace {
/// The open loops' indices, for each of the vectors that are computed together.
using Copies = SmallVector<SmallVector<AffineExpr>>;

struct Emission {
  Body &body;
  const Nest &nest;

  Point place(ArrayRef<AffineExpr> point, ArrayRef<AffineExpr> at) const {
    Point result;
    for (AffineExpr e : point)
      result.push_back(e.replaceSymbols(at));
    return result;
  }

  void reduce(const Nest::Group &group, const Copies &copies) {
    SmallVector<Body::Reduction> items;
    for (const SmallVector<AffineExpr> &at : copies)
      for (const Body::Reduction &item : group.items) {
        Body::Reduction placed{item.op, place(item.point, at)};
        bool known = llvm::any_of(items, [&](const Body::Reduction &other) {
          return other.op == placed.op && other.point == placed.point;
        });
        if (!known)
          items.push_back(placed);
      }
    SmallVector<Body::Keep> keeps;
    for (const Body::Keep &keep : group.keeps)
      for (auto [u, at] : llvm::enumerate(copies)) {
        if (u && keep.lanes == 1)
          break;
        keeps.push_back(keep);
        keeps.back().scratchBytes += u * group.keepStride;
        for (AffineExpr &e : keeps.back().outer)
          if (e)
            e = e.replaceSymbols(at);
      }
    body.keep(keeps);
    body.reduce(items);
    body.kept();
  }

  void level(unsigned depth, const Copies &copies) {
    for (const Nest::Group &group : nest.groups)
      if (group.level == depth)
        reduce(group, copies);
    for (const SmallVector<AffineExpr> &at : copies)
      outputs(depth, at);
    if (depth == nest.loops.size())
      return;
    if (depth == 0 && nest.cutLoops > 1)
      flattened(copies);
    else if (static_cast<int>(depth) == nest.tileLoop)
      tileLoop(depth, copies);
    else if (static_cast<int>(depth) == nest.vectorLoop)
      vectorLoop(depth, copies);
    else
      plainLoop(depth, copies);
  }

  // A result may lie where an operand does (dlc.alias), which another result reads at the same
  // point: all are computed before the first is stored.
  void outputs(unsigned depth, ArrayRef<AffineExpr> at) {
    SmallVector<std::pair<const Nest::Output *, Scalar>> values;
    for (const Nest::Output &output : nest.outputs)
      if (output.level == depth)
        values.emplace_back(&output,
                            body.pull(body.result(output.result), place(output.point, at)));
    for (auto &[output, value] : values)
      body.store(output->result, place(output->point, at), value);
  }

  static Copies with(const Copies &copies, ArrayRef<AffineExpr> each) {
    Copies result;
    for (const SmallVector<AffineExpr> &at : copies)
      for (AffineExpr e : each) {
        result.push_back(at);
        result.back().push_back(e);
      }
    return result;
  }

  // ---------------------------------------------------------------- plain loops

  void plainLoop(unsigned depth, const Copies &copies) {
    int64_t lo = 0;
    auto part = [&](int64_t hi) {
      LoopBounds bounds{lo, hi, {}, {}};
      if (depth == 0 && nest.cutLoops == 1) {
        ImplicitLocOpBuilder &b = body.b;
        bounds.from = lo ? arith::MaxSIOp::create(b, body.begin, body.index(lo)) : body.begin;
        bounds.to = hi < nest.loops[0].extent ? arith::MinSIOp::create(b, body.end, body.index(hi))
                                              : body.end;
      }
      body.loop(bounds, 1, {}, [&](AffineExpr x, ValueRange) {
        level(depth + 1, with(copies, x));
        return Values();
      });
      lo = hi;
    };
    for (int64_t point : nest.loops[depth].breaks)
      part(point);
    part(nest.loops[depth].extent);
  }

  // One loop over the parts, whose number is taken apart into the indices of the leading loops.
  void flattened(const Copies &copies) {
    LoopBounds bounds{0, nest.count, body.begin, body.end};
    body.loop(bounds, 1, {}, [&](AffineExpr x, ValueRange) {
      SmallVector<AffineExpr> at(nest.cutLoops);
      for (unsigned i = nest.cutLoops; i-- > 0;) {
        int64_t extent = nest.loops[i].extent;
        AffineExpr index = i ? x % extent : x;
        at[i] = body.dimension(body.index(index), 0, extent);
        x = x.floorDiv(extent);
      }
      Copies inner = copies;
      for (SmallVector<AffineExpr> &c : inner)
        llvm::append_range(c, at);
      level(nest.cutLoops, inner);
      return Values();
    });
  }

  // ---------------------------------------------------------------- the vectorised loop

  // `vectors` vectors beginning at x, the last with `live` lanes.
  void vectors(unsigned depth, const Copies &copies, AffineExpr x, int64_t vectors, int64_t live) {
    if (!nest.turned.empty())
      return turned(depth, copies.front(), x, live);
    Body::Lanes lanes(body, nest.lanes, live);
    SmallVector<AffineExpr> each;
    for (int64_t u = 0; u < vectors; ++u)
      each.push_back(x + u * nest.lanes + lanes.dimension());
    level(depth + 1, with(copies, each));
  }

  // One vector, whose lanes' rows are turned before and after.
  void turned(unsigned depth, const SmallVector<AffineExpr> &at, AffineExpr x, int64_t live) {
    auto base = [&](const Nest::Turned &t) {
      SmallVector<AffineExpr> place(at);
      place.push_back(x);
      return t.position.replaceSymbols(place);
    };
    for (const Nest::Turned &t : nest.turned)
      if (t.source)
        turnIn(body, nest, t, base(t), live);
    {
      Body::Lanes lanes(body, nest.lanes, live);
      for (const Nest::Turned &t : nest.turned)
        body.redirectRows(turnedBuffer(body, t), base(t), t.stride, t.extent,
                          turnedScratch(body, nest, t));
      level(depth + 1, with({at}, {x + lanes.dimension()}));
    }
    for (const Nest::Turned &t : nest.turned)
      if (!t.source)
        turnOut(body, nest, t, base(t), live);
  }

  // What is left of [lo, hi) after whole blocks.
  void ragged(unsigned depth, const Copies &copies, int64_t lo, int64_t hi) {
    int64_t whole = (hi - lo) / nest.lanes, rest = (hi - lo) % nest.lanes;
    if (whole)
      vectors(depth, copies, body.constant(lo), whole, nest.lanes);
    if (rest)
      vectors(depth, copies, body.constant(lo + whole * nest.lanes), 1, rest);
  }

  // The start of a block of `step` iterations that shall be whole.
  AffineExpr movedBack(AffineExpr x, int64_t step, int64_t extent) {
    if (extent % step == 0)
      return x;
    Value last = body.index(extent - step);
    Value start = arith::MinSIOp::create(body.b, body.index(x), last);
    return body.dimension(start, 0, extent - step + 1);
  }

  // Blocks of `step` iterations over a whole loop, the last one moved back so that it is whole.
  void overlapping(unsigned depth, int64_t step, function_ref<void(AffineExpr)> block) {
    int64_t extent = nest.loops[depth].extent;
    ImplicitLocOpBuilder &b = body.b;
    LoopBounds bounds{0, extent, {}, {}};
    if (depth == 0 && nest.cutLoops == 1 && nest.count > 1) {
      Value size = body.index(nest.block);
      bounds.from = arith::MulIOp::create(b, body.begin, size);
      bounds.to =
          arith::MinSIOp::create(b, arith::MulIOp::create(b, body.end, size), body.index(extent));
    }
    body.loop(bounds, step, {}, [&](AffineExpr x, ValueRange) {
      block(movedBack(x, step, extent));
      return Values();
    });
  }

  void vectorLoop(unsigned depth, const Copies &copies) {
    int64_t step = nest.lanes * nest.together, lo = 0;
    if (nest.overlaps)
      return overlapping(
          depth, step, [&](AffineExpr x) { vectors(depth, copies, x, nest.together, nest.lanes); });
    auto blocks = [&](LoopBounds bounds) {
      body.loop(bounds, step, {}, [&](AffineExpr x, ValueRange) {
        vectors(depth, copies, x, nest.together, nest.lanes);
        return Values();
      });
    };
    auto part = [&](int64_t hi) {
      int64_t full = lo + (hi - lo) / step * step;
      if (full > lo)
        blocks({lo, full, {}, {}});
      ragged(depth, copies, full, hi);
      lo = hi;
    };
    const Nest::Loop &loop = nest.loops[depth];
    if (depth == 0 && nest.cutLoops == 1 && nest.count > 1) {
      int64_t full = loop.extent / step * step;
      ImplicitLocOpBuilder &b = body.b;
      Value block = body.index(nest.block);
      Value from = arith::MulIOp::create(b, body.begin, block);
      Value to =
          arith::MinSIOp::create(b, arith::MulIOp::create(b, body.end, block), body.index(full));
      blocks({0, full, from, to});
      Value isLast =
          arith::CmpIOp::create(b, arith::CmpIPredicate::eq, body.end, body.index(nest.count));
      if (full < loop.extent)
        body.when(isLast, [&] { ragged(depth, copies, full, loop.extent); });
      return;
    }
    for (int64_t point : loop.breaks)
      part(point);
    part(loop.extent);
  }

  // ---------------------------------------------------------------- transposed squares

  Value source(const Nest::Transposed &t) const {
    return body.operandBuffer(cast<BlockArgument>(t.source).getArgNumber());
  }

  // Vectors along the vectorised loop of a source that is contiguous along the tiled one.
  Values transposed(const Nest::Transposed &t, Type element, const SmallVector<AffineExpr> &at,
                    AffineExpr row, int64_t liveRows, AffineExpr column, int64_t liveColumns) {
    int64_t bits = element.getIntOrFloatBitWidth(), width = transposePart(nest.lanes, bits);
    auto part = [&](int64_t c, int64_t k) -> Value {
      int64_t live = std::min(width, liveRows - k * width);
      if (live <= 0 || c >= liveColumns) {
        auto type = VectorType::get({width}, element);
        return arith::ConstantOp::create(body.b, body.b.getZeroAttr(type));
      }
      Body::Lanes lanes(body, width, live);
      SmallVector<AffineExpr> place(at);
      place.push_back(row + k * width + lanes.dimension());
      place.push_back(column + c);
      return splat(body.b, body.load(source(t), t.position.replaceSymbols(place)), width);
    };
    return transposeSquare(body.b, nest.lanes, bits, part);
  }

  void tile(unsigned depth, const SmallVector<AffineExpr> &at, AffineExpr row, int64_t liveRows,
            AffineExpr column, int64_t liveColumns) {
    SmallVector<Body::Scratch> copies;
    for (const Nest::Transposed &t : nest.transposed) {
      auto type = cast<MemRefType>(source(t).getType()).getElementType();
      copies.push_back(body.scratch(t.scratchBytes, nest.lanes * nest.lanes, type));
      Values rows = transposed(t, type, at, row, liveRows, column, liveColumns);
      Body::Lanes lanes(body, nest.lanes, nest.lanes);
      for (int64_t r = 0; r < liveRows; ++r)
        body.store(copies.back().buffer, body.constant(r * nest.lanes) + lanes.dimension(), rows[r],
                   copies.back().start);
    }
    body.loop({0, liveRows, {}, {}}, 1, {}, [&](AffineExpr r, ValueRange) {
      Body::Lanes lanes(body, nest.lanes, liveColumns);
      SmallVector<AffineExpr> place(at);
      place.push_back(row + r);
      place.push_back(column + lanes.dimension());
      for (auto [t, copy] : llvm::zip_equal(nest.transposed, copies))
        body.redirect(source(t), t.position.replaceSymbols(place), copy,
                      r * nest.lanes + lanes.dimension());
      level(depth + 2, {place});
      return Values();
    });
  }

  void tileRow(unsigned depth, const SmallVector<AffineExpr> &at, AffineExpr row,
               int64_t liveRows) {
    int64_t extent = nest.loops[depth + 1].extent, full = extent / nest.lanes * nest.lanes;
    if (nest.overlaps)
      return overlapping(depth + 1, nest.lanes,
                         [&](AffineExpr x) { tile(depth, at, row, liveRows, x, nest.lanes); });
    if (full)
      body.loop({0, full, {}, {}}, nest.lanes, {}, [&](AffineExpr x, ValueRange) {
        tile(depth, at, row, liveRows, x, nest.lanes);
        return Values();
      });
    if (full < extent)
      tile(depth, at, row, liveRows, body.constant(full), extent - full);
  }

  // Some squares along the tiled loop for each step of the vectorised one: what they read is
  // contiguous, so that caches and their prefetchers see runs longer than one vector.
  void tileBlock(unsigned depth, const SmallVector<AffineExpr> &at, AffineExpr row) {
    int64_t extent = nest.loops[depth].extent;
    ImplicitLocOpBuilder &b = body.b;
    LoopBounds bounds{0, extent, body.index(row), body.index(row + nest.block)};
    if (extent % nest.block)
      bounds.to = arith::MinSIOp::create(b, bounds.to, body.index(extent));
    overlapping(depth + 1, nest.lanes, [&](AffineExpr column) {
      body.loop(bounds, nest.lanes, {}, [&](AffineExpr x, ValueRange) {
        tile(depth, at, movedBack(x, nest.lanes, extent), nest.lanes, column, nest.lanes);
        return Values();
      });
    });
  }

  void tileLoop(unsigned depth, const Copies &copies) {
    const SmallVector<AffineExpr> &at = copies.front();
    if (nest.overlaps)
      return overlapping(depth, nest.block, [&](AffineExpr x) { tileBlock(depth, at, x); });
    int64_t extent = nest.loops[depth].extent, full = extent / nest.lanes * nest.lanes;
    ImplicitLocOpBuilder &b = body.b;
    LoopBounds bounds{0, full, {}, {}};
    bool isCut = depth == 0 && nest.cutLoops == 1;
    if (isCut) {
      Value lanes = body.index(nest.lanes);
      bounds.from = arith::MulIOp::create(b, body.begin, lanes);
      bounds.to =
          arith::MinSIOp::create(b, arith::MulIOp::create(b, body.end, lanes), body.index(full));
    }
    body.loop(bounds, nest.lanes, {}, [&](AffineExpr x, ValueRange) {
      tileRow(depth, at, x, nest.lanes);
      return Values();
    });
    if (full == extent)
      return;
    auto rest = [&] { tileRow(depth, at, body.constant(full), extent - full); };
    if (!isCut)
      return rest();
    body.when(arith::CmpIOp::create(b, arith::CmpIPredicate::eq, body.end, body.index(nest.count)),
              rest);
  }
};
} // namespace

void dlc::emitNests(Body &body, ArrayRef<Nest> nests) {
  for (const Nest &nest : nests) {
    Body::Scope scope(body);
    Emission{body, nest}.level(0, Copies(1));
  }
}
