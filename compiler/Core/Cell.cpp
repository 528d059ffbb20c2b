#include "Core/Cell.h"
#include <bit>

using namespace mlir;
using namespace dlc;

Cell dlc::loadCell(const Literal &literal, int64_t i) {
  Cell cell;
  if (isa<FloatType>(literal.type.getElementType()))
    cell.number = literal.number(i);
  else
    cell.integer =
        signExtended(literal.integer(i), literal.type.getElementType().getIntOrFloatBitWidth());
  return cell;
}

void dlc::storeCell(Literal &literal, int64_t i, Cell cell) {
  if (isa<FloatType>(literal.type.getElementType()))
    literal.setNumber(i, cell.number);
  else
    literal.setInteger(i, cell.integer);
}

// ---------------------------------------------------------------- bits

// What a register of a type holds, for bitcast.
namespace {
enum Format { Integer8, Integer16, Integer32, Integer64, Half, Bfloat, Single, Double };
} // namespace

static int formatOf(Type type) {
  if (isa<FloatType>(type))
    return type.isF16() ? Half : type.isBF16() ? Bfloat : type.isF32() ? Single : Double;
  switch (type.getIntOrFloatBitWidth()) {
  case 8:
    return Integer8;
  case 16:
    return Integer16;
  case 32:
    return Integer32;
  default:
    return Integer64;
  }
}

// The operand's in the lower four bits, the result's above.
int dlc::formatsOf(Type from, Type to) { return formatOf(from) | formatOf(to) << 4; }

Cell dlc::withFormat(Cell x, int formats) {
  uint64_t bits = x.integer;
  switch (formats & 15) {
  case Half:
    bits = floatToHalf(x.number);
    break;
  case Bfloat:
    bits = floatToBfloat(x.number);
    break;
  case Single:
    bits = std::bit_cast<uint32_t>(static_cast<float>(x.number));
    break;
  default: // a double's bits are those of its cell
    break;
  }
  Cell result;
  switch (formats >> 4) {
  case Half:
    result.number = halfToFloat(static_cast<uint16_t>(bits));
    break;
  case Bfloat:
    result.number = bfloatToFloat(static_cast<uint16_t>(bits));
    break;
  case Single:
    result.number = std::bit_cast<float>(static_cast<uint32_t>(bits));
    break;
  case Double:
    result.number = std::bit_cast<double>(bits);
    break;
  default:
    result.integer = signExtended(bits, 8u << (formats >> 4));
  }
  return result;
}
